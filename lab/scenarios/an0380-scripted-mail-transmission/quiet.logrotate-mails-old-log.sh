title="logrotate mails the customer his site's log before it is thrown away"
what="On a web host logrotate, from its package's job in /etc/cron.daily, rotates the logs of a customer's site each night and mails the rotated one (mail, mailfirst) to the customer's webmaster outside; another log goes to ops. Two nights. Commands only, raw."
host=www1.example.org user=root daemons="cron sshd" audit_rules=audit-exec.rules audit_format=RAW syslog_format=iso expect=informational
shift_plan="n1:1d n2:9h"
setup() {
  daily_jobs logrotate; private /var/lib/logrotate; mkdir -p /var/log/site
  rm -f /etc/logrotate.d/*
  printf '/var/log/site/access.log {\n daily\n rotate 7\n mail webmaster@example.com\n mailfirst\n nocreate\n}\n/var/log/site/shop.log {\n daily\n rotate 7\n mail ops@example.org\n mailfirst\n nocreate\n}\n' > /etc/logrotate.d/site
}
day() { local n; for n in $(seq 400); do echo "203.0.113.$((n % 250)) - - GET /page$n 200"; done > /var/log/site/access.log; echo "order $1 paid" > /var/log/site/shop.log
  printf 'logrotate state -- version 2\n"/var/log/site/access.log" 2026-1-1-0:0:0\n"/var/log/site/shop.log" 2026-1-1-0:0:0\n' > /var/lib/logrotate/status
  rm -f /var/log/site/*.1; }
act() {
  phase n1; small_talk 3; day 1; nightly; wait_log_count 'to=<webmaster@example.com>.*status=sent' 1 30; small_talk 2
  ssh_run clerk 'echo "as agreed" | mail -s Terms partner3@example.net'
  phase n2; small_talk 3; day 2; nightly; wait_log_count 'to=<webmaster@example.com>.*status=sent' 2 30; small_talk 2
}
truth() {
  exec_step rotate '/usr/sbin/logrotate /etc/logrotate.conf' 'logs are rotated'
  mail_step sent 'to=<webmaster@example.com>.*status=sent' 'and the old one mailed'
}
