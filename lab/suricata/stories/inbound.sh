title='Mail that comes to Postfix, as the wire and its own log tell it'
what='130 messages with one attachment for desk@example.org from 20 addresses within a minute, 6 for others, and 320 connections that greet, ask for desk@example.org, and leave without a message.'
host=mx1.example.org keep='smtp fileinfo flow'
prepare() {
  rm -rf "$root/var/spool/postfix-lab"; cp "$here/main.cf" "$root/etc/postfix/main.cf"
  : > "$root/etc/aliases"; : > "$work/mail.log"
  in_root newaliases
  for each in desk sales clerk; do in_root id "$each" >/dev/null 2>&1 || in_root useradd -m "$each"; done
  rm -f "$root"/var/mail/*
  in_root postfix start; sleep 1.5
  cat > "$work/flood.py" <<'P'
import json, smtplib, sys, time
from email.message import EmailMessage
part = bytes(range(256)) * 8
sent = {'desk': 0, 'others': 0, 'left': 0}


def message(number, to):
    mail = EmailMessage()
    mail['From'], mail['To'], mail['Subject'] = f'news{number}@example.net', to, 'Welcome'
    mail['Message-ID'] = f'<{number}.flood@example.net>'
    mail.set_content('Thank you for your registration.')
    mail.add_attachment(part, maintype='application', subtype='zip', filename='terms.zip')
    return mail


def connect(number):
    return smtplib.SMTP('198.51.100.10', 25, local_hostname=f'host{number % 20}.example.net', source_address=(f'203.0.113.{100 + number % 20}', 0), timeout=20)


for number in range(450):
    if number < 130:
        with connect(number) as client:
            client.send_message(message(number, 'desk@example.org'))
        sent['desk'] += 1
        if number % 22 == 0:
            with connect(number) as client:
                client.send_message(message(f'o{number}', 'sales@example.org'))
            sent['others'] += 1
        time.sleep(0.2)
    else:
        with connect(number) as client:
            client.ehlo()
            client.mail(f'news{number}@example.net')
            client.rcpt('desk@example.org')
        sent['left'] += 1
        time.sleep(0.25)
json.dump(sent, open('/scene/done.json', 'w'))
P
}
act() { out chroot "$root" python3 /scene/flood.py; sleep 3; }
finish() { in_root postfix stop; sleep 1; cp "$root/var/log/mail.log" "$work/mail.log"; rm -f "$root/var/log/mail.log"; }
