# A package's daily job looks for signs of an intruder and mails what it doubts.
title="rkhunter's daily job mails its warnings"
what="/etc/cron.daily/rkhunter, of the package rkhunter, is run by run-parts: rkhunter, the real one, a shell script of many hundred commands, checks accounts, start-up files and file systems, and the job pipes its warnings into sendmail for root. The next night the report goes to the security team of the provider, outside (REPORT_EMAIL)."
host=mx1.example.org user=root daemons="cron" expect=informational

setup() {
  private_copy /var/lib/rkhunter
  sed -i 's/^CRON_DAILY_RUN=.*/CRON_DAILY_RUN="yes"/; s/^REPORT_EMAIL=.*/REPORT_EMAIL="root"/' /etc/default/rkhunter
  sed -i "s/^ENABLE_TESTS=.*/ENABLE_TESTS=group_accounts filesystem/; s/^DISABLE_TESTS=.*/DISABLE_TESTS=NONE/" /etc/rkhunter.conf
  mkdir -p /dev/.hidden
  daily_jobs rkhunter
}
act() {
  small_talk 3; nightly
  wait_log_count 'orig_to=<root>.*status=sent' 1 150
  sed -i 's/^REPORT_EMAIL=.*/REPORT_EMAIL="security@example.net"/' /etc/default/rkhunter; nightly
  wait_log 'to=<security@example.net>.*status=sent' 150
  small_talk 2
}
truth() {
  log_step run 'CRON.*run-parts --report /etc/cron.daily' 'cron runs the daily jobs'
  exec_step check 'rkhunter --cronjob' 'rkhunter checks'
  exec_step hand-over 'sendmail root' 'its warnings are handed to sendmail'
  mail_step sent 'orig_to=<root>.*status=sent' 'for the administrator'
  mail_step outside 'to=<security@example.net>.*status=sent' 'and the next time for the provider'
}
