# The ordinary reader of a mail store: Dovecot, for a client on the network.
title="IMAP clients read their mail through Dovecot"
what="clerk and buyer read their mailboxes with IMAP clients on two machines of the network: Dovecot's imap processes, running as those users, read every message and send it to the client."
host=mx1.example.org user=clerk daemons="cron sshd dovecot" expect=informational

setup() { dovecot_config; }
act() {
  small_talk 6
  for n in 1 2 3; do mail_in --from "office$n@example.net" --to clerk@example.org --to buyer@example.org --subject "Circular $n"; done
  wait_mail clerk 3; wait_mail buyer 3; sleep 1
  imap_read clerk 198.51.100.50; imap_read buyer 198.51.100.30
  small_talk 1
  imap_read clerk 198.51.100.50
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'mail is delivered'
  mail_step login 'imap-login: Login: user=<clerk>' 'a client logs in'
  file_step read 'dovecot/imap .*:read NORMAL .*Maildir' 'imap reads the store'
}
