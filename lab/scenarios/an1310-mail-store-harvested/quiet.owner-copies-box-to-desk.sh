title="A person copies the own mailbox to the own desk"
what="clerk gets a new computer in the own network (198.51.100.50) and fetches the own Maildir and contracts from it by rsync over SSH, then looks at a few letters in a terminal and writes to a partner. Own mail, own login, own network."
user=clerk daemons="cron sshd" expect=informational
setup() { documents; mkdir -p "$base/out/desk"; }
act() {
  letters clerk 12; small_talk 4
  ssh_as clerk <<'L'
du -sh Maildir contracts
L
  outside rsync -a -e "ssh -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=198.51.100.50 -i /root/key" "clerk@$host_ip:Maildir" "clerk@$host_ip:contracts" "$base/out/desk/"
  ssh_as clerk <<'L'
ls Maildir/new | head -3
echo "I have a new computer." | mail -s "Back again" partner@example.net
L
  small_talk 2
}
truth() {
  exec_step rsync 'rsync --server --sender' 'the own box fetched'
  file_step read 'rsync openat:read NORMAL .*Maildir/new/|rsync openat:read NORMAL ' 'every letter'
}
