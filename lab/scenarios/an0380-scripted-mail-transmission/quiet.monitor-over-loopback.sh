# A monitor of the host's own that says something every minute.
title="Monitoring script mails the administrators over loopback every minute"
what="A root-owned line of /etc/cron.d runs the root-owned Python program /opt/monitor/check as nobody every minute; it mails the free space to ops through the mail server on 127.0.0.1. Two runs are recorded. The recipient never changes, no file is attached."
host=mx1.example.org user=ops daemons="cron sshd" audit_rules=audit-wide.rules expect=informational

setup() {
  mkdir -p /opt/monitor
  cat > /opt/monitor/check <<'P'
#!/usr/bin/python3
import shutil, smtplib
from email.message import EmailMessage
message = EmailMessage()
message['From'] = 'monitor@example.org'
message['To'] = 'ops@example.org'
message['Subject'] = 'Free space'
message.set_content(f'{shutil.disk_usage("/").free // 1000000} MB free\n')
with smtplib.SMTP('127.0.0.1') as client:
    client.send_message(message)
P
  chmod 755 /opt/monitor/check
  printf 'HOME=/\n* * * * * nobody /opt/monitor/check\n' > /etc/cron.d/monitor; chmod 644 /etc/cron.d/monitor
}
act() {
  small_talk 2
  wait_log_count 'from=<monitor@example.org>' 2 130
  rm /etc/cron.d/monitor
  small_talk 2
}
truth() {
  log_step run 'CRON.*/opt/monitor/check' 'cron runs the monitor'
  mail_step submit 'from=<monitor@example.org>' 'which hands a message to the mail server'
  mail_step sent 'to=<ops@example.org>.*status=sent' 'for the administrators'
}
