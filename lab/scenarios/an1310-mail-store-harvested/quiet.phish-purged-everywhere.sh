title="An administrator removes a phish from all mailboxes and reports it to where it came from"
what="Four people get the same phish; clerk asks ops. ops looks into the mail log, finds the letter with doveadm search in all boxes, keeps the own copy, expunges the rest with doveadm expunge -A, sends the own copy to the sender's abuse desk, and writes to the colleagues."
host=mx1.example.org user=ops daemons="cron sshd dovecot" syslog_format=iso expect=informational
setup() { dovecot_config; echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  small_talk 4
  local u; for u in clerk buyer dev ops; do mail_in --from helpdesk@example.com --to $u@example.org --subject 'Your mailbox is full' --text 'Click http://cdn.example.com/login now.\n' --source 192.0.2.31 --helo host31.example.com; done
  wait_mail ops 1; letters buyer 3
  ssh_as clerk <<'L'
echo "is this one real?" | mail -s "mailbox full??" ops@example.org
L
  ssh_as ops <<'L'
sudo grep helpdesk@example.com /var/log/mail.log | tail -5
sudo doveadm search -A mailbox INBOX from helpdesk@example.com
sudo doveadm fetch -A "user hdr.subject hdr.received" mailbox INBOX from helpdesk@example.com
grep -l helpdesk@example.com Maildir/new/*
cp $(grep -l helpdesk@example.com Maildir/new/* | head -1) phish.eml
sudo doveadm expunge -A mailbox INBOX from helpdesk@example.com
echo "Sent from your network this morning, headers enclosed." | mutt -s "Abuse: phish from 192.0.2.31" -a phish.eml -- abuse@example.com
echo "The letter about a full mailbox was a phish. It is gone." | mail -s "Phish this morning" clerk@example.org buyer@example.org dev@example.org
rm phish.eml
L
  small_talk 2; sleep 2
}
truth() {
  exec_step search 'doveadm search -A' 'all boxes are looked through'
  exec_step purge 'doveadm expunge -A' 'the letter is removed'
  mail_step report 'to=<abuse@example.com>.*status=sent' 'reported'
}
