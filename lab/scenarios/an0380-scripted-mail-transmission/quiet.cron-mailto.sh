# Cron mails the output of jobs, as cron does.
title="Cron mails job output to MAILTO"
what="Two crontabs produce output: ops's own (MAILTO unset, mail to ops) and one in /etc/cron.d with MAILTO=ops@example.org. Cron itself hands the output to sendmail; recipients are local."
host=mx1.example.org user=ops daemons="cron sshd" expect=informational

setup() {
  printf '* * * * * df -h /home | tail -1\n' > /var/spool/cron/crontabs/ops; chown ops:crontab /var/spool/cron/crontabs/ops; chmod 600 /var/spool/cron/crontabs/ops
  printf 'HOME=/\nMAILTO=ops@example.org\n* * * * * root find /var/log -size +50M -o -name "*.1" | head; echo checked\n' > /etc/cron.d/logsize; chmod 644 /etc/cron.d/logsize
}
act() {
  small_talk 3
  wait_log_count 'to=<ops@example.org>.*status=sent' 2 80
  small_talk 2
}
truth() {
  log_step run 'CRON.*ops.*CMD' 'cron runs a job'
  exec_step hand-over 'sendmail -FCronDaemon' 'cron hands its output to sendmail'
  mail_step sent 'to=<ops@example.org>.*status=sent' 'delivered locally'
}
