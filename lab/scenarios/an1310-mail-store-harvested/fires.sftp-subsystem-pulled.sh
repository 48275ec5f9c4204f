title="A mailbox pulled by sftp from a foreign address"
what="clerk works from the own network by SSH and once fetches two PDFs with sftp. At night somebody with clerk's key comes from 192.0.2.77, asks for the sftp subsystem only, and fetches the whole Maildir: 14 messages, no command ever runs on the host but the server's own."
user=clerk daemons="cron sshd"
shift_plan="day:9h night:40m"
setup() { mkdir -p /home/clerk/offers; make_pdf /home/clerk/offers/a.pdf A; make_pdf /home/clerk/offers/b.pdf B; chown -R clerk: /home/clerk/offers; mkdir -p "$base/out/got"; }
sftp_from() { # ADDRESS COMMANDS
  printf '%s\n' "$2" > "$base/out/batch"
  (cd "$base/out/got" && outside sftp -q -b "$base/out/batch" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress="$1" -i /root/key "clerk@$host_ip" >/dev/null 2>&1)
}
act() {
  phase day; letters clerk 10; small_talk 8
  ssh_as clerk <<'L'
ls offers
L
  sftp_from 198.51.100.50 'get offers/a.pdf
get offers/b.pdf'
  small_talk 2
  phase night; small_talk 1
  sftp_from 192.0.2.77 'ls -l
get -r Maildir'
  small_talk 1
}
truth() {
  file_step usual 'sftp-server openat:read NORMAL .*offers/a.pdf' 'two papers, by day'
  file_step read 'sftp-server openat:read NORMAL .*Maildir/new/' 'all letters, from a foreign address'
}
