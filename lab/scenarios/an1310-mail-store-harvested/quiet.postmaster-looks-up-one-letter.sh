title="The postmaster looks a letter up in a colleague's spool at her request"
what="buyer asks ops (by mail) whether a letter of a supplier arrived; ops looks in the log, then opens the spool read-only as root with s-nail and types the headers, and answers buyer. Nothing leaves."
user=ops daemons="cron sshd" store=mbox expect=informational audit_rules=audit-site.rules
setup() { echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  letters buyer 4
  small_talk 2
  ssh_as buyer <<'L'
echo "Did the offer of partner3 arrive?" | mail -s "A letter" ops@example.org
L
  ssh_as ops <<'L'
sudo grep partner3 /var/log/mail.log | tail -2
sudo sh -c 'echo headers | s-nail -R -f /var/mail/buyer' 
echo "It is there since this morning." | mail -s "Re: A letter" buyer@example.org
uptime
L
  small_talk 1
}
truth() {
  mail_step ask 'to=<ops@example.org>.*status=sent' 'buyer asks'
  exec_step look 's-nail -R -f /var/mail/buyer' 'ops looks'
  mail_step answer 'to=<buyer@example.org>.*status=sent' 'ops answers'
}
