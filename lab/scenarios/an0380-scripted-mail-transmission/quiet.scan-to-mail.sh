# The scanner service mails what people scan to themselves.
title="Scan service mails documents to people of the house"
what="A service of the account scan, in /opt/scan, takes a scanned PDF every few seconds and mails it with Python's smtplib through the own Postfix on loopback to whoever pressed the button: clerk, buyer, dev, five documents, 200 kB each."
host=mx1.example.org user=scan daemons="cron" expect=informational

setup() {
  echo 'scan:x:995:995:scan:/opt/scan:/usr/sbin/nologin' >> /etc/passwd; echo 'scan:x:995:' >> /etc/group; echo 'scan:!:20000::::::' >> /etc/shadow
  mkdir -p /opt/scan/in
  cat > /opt/scan/service.py <<'P'
import glob, os, smtplib, time
from email.message import EmailMessage
for _ in range(12):
    for path in sorted(glob.glob('/opt/scan/in/*.pdf')):
        message = EmailMessage()
        message['From'], message['To'], message['Subject'] = 'scan@example.org', os.path.basename(path).split('-')[0] + '@example.org', 'Scan'
        with open(path, 'rb') as file:
            message.add_attachment(file.read(), maintype='application', subtype='pdf', filename='scan.pdf')
        with smtplib.SMTP('127.0.0.1') as client:
            client.send_message(message)
        os.remove(path)
    time.sleep(1)
P
  chown -R scan: /opt/scan
}
act() {
  (cd /opt/scan && exec setpriv --reuid 995 --regid 995 --clear-groups env -i PATH=/usr/bin:/bin /usr/bin/python3 /opt/scan/service.py >/dev/null 2>&1) & own_pids+=($!); daemon_is $!
  small_talk 2
  for name in clerk buyer clerk dev clerk; do head -c 200000 /dev/urandom > /opt/scan/in/.part; chown scan: /opt/scan/in/.part; mv /opt/scan/in/.part "/opt/scan/in/$name-$(date +%s).pdf"; sleep 2; done
  wait_log 'to=<dev@example.org>.*status=sent' 20
  small_talk 1
}
truth() {
  net_step submit 'python3.* 127.0.0.1:25' 'the service hands a document to the own server'
  mail_step sent 'to=<buyer@example.org>.*status=sent' 'to somebody of the house'
}
