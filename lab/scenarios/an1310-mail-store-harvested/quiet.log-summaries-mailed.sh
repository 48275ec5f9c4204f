# They read the mail log and not the mail.
title="pflogsumm and logwatch read the mail log, the summary goes to the administrators"
what="Root's daily job runs pflogsumm over /var/log/mail.log and mails its summary to postmaster; logwatch does the same for Postfix. They read the mail log, not the mail."
host=mx1.example.org user=root daemons="cron sshd" audit_rules=audit-wide.rules expect=informational

setup() {
  mkdir -p "$base/out/bin"
  printf '#!/bin/sh\n/usr/sbin/pflogsumm /var/log/mail.log | mail -s "Mail summary" postmaster\n/usr/sbin/logwatch --service postfix --range today --output mail --mailto postmaster\n' > "$base/out/bin/mail-summary"
  install_file "$base/out/bin/mail-summary" /usr/local/sbin/mail-summary
  printf 'HOME=/\n* * * * * root /usr/local/sbin/mail-summary\n' > /etc/cron.d/mail-summary; chmod 644 /etc/cron.d/mail-summary
}
act() {
  small_talk 4
  wait_log 'from=<root>' 75
  rm /etc/cron.d/mail-summary
  sleep 6
  small_talk 2
}
truth() {
  exec_step run 'mail-summary' 'cron runs the job'
  exec_step summary 'pflogsumm /var/log/mail.log' 'the log is summed up'
  exec_step hand-over 'mail -s Mail summary' 'and mailed'
  exec_step summary-too 'logwatch --service postfix' 'once more by logwatch'
  mail_step sent 'to=<ops@example.org>.*status=sent' 'delivered in the house'
}
