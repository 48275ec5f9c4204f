# Two watchers of logs that mail the administrators, each in its own way.
title="logcheck's job and fail2ban mail the administrators"
what="logcheck, the real one, runs as its own account from /etc/cron.d/logcheck, reads what is new in the logs and mails it to root; fail2ban, a daemon of root, sees logins that fail and runs its action sendmail for ops, a few lines through sendmail. Clients outside try names that do not exist."
host=mx1.example.org user=logcheck daemons="cron sshd" expect=informational

setup() {
  private_copy /var/lib/logcheck; chown logcheck: /var/lib/logcheck
  install -d -o logcheck /run/lock/logcheck
  chown root:adm /var/log; chmod 755 /var/log; touch /var/log/auth.log /var/log/syslog; chgrp adm /var/log/auth.log /var/log/syslog; chmod 640 /var/log/auth.log /var/log/syslog
  mkdir -p /etc/logcheck/logcheck.logfiles.d; rm -f /etc/logcheck/logcheck.logfiles.d/*; printf '/var/log/auth.log\n/var/log/syslog\n' > /etc/logcheck/logcheck.logfiles
  sed -i 's/^SENDMAILTO=.*/SENDMAILTO="root"/' /etc/logcheck/logcheck.conf
  packaged_job logcheck 's@^2 \*@* *@; /@reboot/d'
  mkdir -p /run/fail2ban
  rm -f /etc/fail2ban/jail.d/*
  printf '[DEFAULT]\nbackend = polling\nlogtarget = SYSLOG\n' > /etc/fail2ban/fail2ban.local
  sed -i 's/^dbfile.*/dbfile = None/' /etc/fail2ban/fail2ban.conf
  printf '[sshd]\nenabled = true\nbackend = polling\nlogpath = /var/log/auth.log\nmaxretry = 3\nusedns = no\naction = sendmail[name=sshd, dest=ops@example.org, sender=fail2ban@example.org]\n' > /etc/fail2ban/jail.d/desk.local
}
act() {
  (cd / && exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/bin/fail2ban-server -xf start </dev/null >"$base/f2b.out" 2>&1) & own_pids+=($!); daemon_is $!
  small_talk 2
  wait_log 'to=<ops@example.org>.*status=sent' 30
  for n in 1 2 3 4; do outside ssh -q -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=203.0.113.99 "guest$n@$host_ip" true </dev/null; sleep 0.5; done
  wait_log_count 'from=<fail2ban@example.org>' 2 40
  wait_log 'orig_to=<root>.*status=sent' 130
  rm /etc/cron.d/logcheck
  small_talk 2
}
truth() {
  exec_step ban 'sendmail -f .*fail2ban@example.org' 'fail2ban mails through sendmail'
  mail_step told 'from=<fail2ban@example.org>' 'the administrators are told'
  exec_step job 'logcheck' 'the job of logcheck runs'
  mail_step sent 'orig_to=<root>.*status=sent' 'and mails root'
}
