# Backup software brings a mailer of its own, which speaks SMTP.
title="Bacula's bsmtp mails the job report"
what="A root job in /etc/cron.d packs /home to a file on the host and mails the report with bsmtp, Bacula's own mailer, through the own Postfix on loopback to the administrators, as Bacula's Messages resource has it. Two nights."
host=mx1.example.org user=root daemons="cron" expect=informational audit_rules=audit-wide.rules
stand_ins=("a shell script in /usr/local/sbin does what Bacula's director does: it runs the job and pipes the report into bsmtp, which is the real one")

setup() {
  printf '#!/bin/sh\ntar -C / -czf /var/backups/home.tar.gz home 2>/dev/null\n{ echo "JobId: 12"; echo "Job: nightly-home"; ls -l /var/backups/home.tar.gz; echo "Termination: Backup OK"; } | /usr/sbin/bsmtp -h localhost -f "Bacula <bacula@example.org>" -s "Bacula: Backup OK of mx1-fd Full" root@example.org\ndate >> /var/log/backup-done\n' > "$base/out/nightly"
  install_file "$base/out/nightly" /usr/local/sbin/nightly-bacula
  printf 'HOME=/\nMAILTO=""\n* * * * * root /usr/local/sbin/nightly-bacula\n' > /etc/cron.d/bacula; chmod 644 /etc/cron.d/bacula
}
act() {
  small_talk 3
  wait_log_count 'from=<bacula@example.org>' 2 130
  rm /etc/cron.d/bacula
  small_talk 2
}
truth() {
  exec_step backup 'tar -C / -czf /var/backups/home.tar.gz home' 'the backup runs'
  exec_step report 'bsmtp -h localhost' 'its report is mailed'
  net_step submit 'bsmtp (127.0.0.1|\[::1\]):25' 'to the own server'
  mail_step sent 'to=<ops@example.org>, orig_to=<root@example.org>.*status=sent' 'for root'
}
