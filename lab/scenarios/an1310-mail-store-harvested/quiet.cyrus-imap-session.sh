# A mail store that belongs to one account of the mail system: Cyrus.
title="Cyrus stores all mail under its own account, IMAP clients read it"
what="Postfix hands mail to Cyrus by LMTP on loopback; lmtpd, as cyrus, stores it below /var/spool/cyrus, and imapd, as cyrus too, reads everybody's messages and sends them to clients on two machines of the network. master runs its own upkeep, and the daily job of the package packs the list of mailboxes."
host=mx1.example.org user=clerk daemons="cron sshd" expect=informational
postfix_extra="mailbox_transport = lmtp:inet:127.0.0.1:2003"
audit_extra="-a always,exit -F arch=b64 -S open,openat,openat2,creat -F success=1 -F dir=/var/spool/cyrus -F key=mailstore"

. "$lab/lib/cyrus.sh"
setup() { cyrus && daily_jobs cyrus-imapd; }
act() {
  cyrus_up
  small_talk 6
  for n in 1 2 3; do mail_in --from "office$n@example.net" --to clerk@example.org --to buyer@example.org --subject "Circular $n"; done
  wait_log_count 'to=<buyer@example.org>.*status=sent' 3 30
  imap_read clerk 198.51.100.50; imap_read buyer 198.51.100.30
  nightly
  small_talk 1
  imap_read clerk 198.51.100.50
  wait_file /var/backups/cyrus-mboxlist.txt.gz 75
  sleep 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*relay=127.0.0.1\[127.0.0.1\]:2003.*status=sent' 'mail is handed over by LMTP'
  file_step stored 'lmtpd open(at)?:write .*/var/spool/cyrus/' 'lmtpd stores it'
  file_step read 'imapd open(at)?:read NORMAL .*/var/spool/cyrus/mail/.*[0-9]+\.' 'imapd reads it'
}
