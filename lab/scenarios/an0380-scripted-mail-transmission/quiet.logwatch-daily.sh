# A package's own daily job mails its report to root.
title="logwatch's daily job mails root"
what="/etc/cron.daily/00logwatch, owned by the package logwatch, is run by run-parts from /etc/crontab; logwatch (Perl) reads the logs and pipes its report into sendmail for root, which is an alias of ops."
host=mx1.example.org user=root daemons="cron sshd" expect=informational

setup() {
  local script; for script in /etc/cron.daily/*; do case $script in */00logwatch) ;; *) rm -f "$script" ;; esac; done
  rm -f /etc/cron.d/*
  mkdir -p /etc/logwatch/conf; echo 'Range = Today' > /etc/logwatch/conf/logwatch.conf # a host that has run since yesterday needs no such line
  printf 'SHELL=/bin/sh\nHOME=/\n* * * * * root cd / && run-parts --report /etc/cron.daily\n' > /etc/crontab
}
act() {
  small_talk 6
  ssh_run dev 'uptime'
  wait_log 'orig_to=<root>.*status=sent' 120
  : > /etc/crontab
  small_talk 2
}
truth() {
  log_step run 'CRON.*run-parts --report /etc/cron.daily' 'cron runs the daily jobs'
  exec_step report '00logwatch' 'the job of the package starts'
  exec_step hand-over 'sendmail' 'logwatch pipes its report into sendmail'
  mail_step sent 'orig_to=<root>.*status=sent' 'delivered to the administrator'
}
