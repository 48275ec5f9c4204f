"""Sends the messages of a plan over SMTP and notes what was sent.

  send.py NOTES [--server 198.51.100.10] < plan.json

A plan is a list of {id, from, to: [..], source, helo, subject, headers, attach: [{name, type, content}], then}. `content` is
made by a word: text, script, pdf, elf, exe, marker (the text that the recordings' own signature finds), zip:NAME=WORD,...
A text of `gtube` is the test text of spam filters.
An empty id sends a message without one. `then` is what the script expects to become of it, and goes into the notes as it is. Notes hold names, types, sizes and
hashes of what was attached; texts and subjects are not noted.
"""
import argparse, email.utils, hashlib, io, json, smtplib, sys, time, zipfile
from email.message import EmailMessage

import dkim

MARKER = b'WATCHPOST FILTER TEST 7f3a91c2: a harmless line that one signature finds.\n'
WORDS = {
    'text': b'Price list of the week.\r\nPaper, 80 g: 4.10\r\nToner: 61.00\r\n',
    'script': b'#!/bin/sh\n# does nothing\nexit 0\n',
    'pdf': b'%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n',
    'elf': b'\x7fELF\x02\x01\x01' + bytes(9) + b'\x02\x00\x3e\x00\x01\x00\x00\x00' + bytes(40),
    'exe': b'MZ' + bytes(58) + b'\x40\x00\x00\x00' + b'PE\x00\x00' + b'\x4c\x01\x00\x00' + bytes(120),
    'marker': MARKER,
}


def content(word):
    if not word.startswith('zip:'):
        return WORDS[word]
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        for item in word[4:].split(','):
            name, _, what = item.partition('=')
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), WORDS[what])
    return out.getvalue()


args = argparse.ArgumentParser()
args.add_argument('notes')
args.add_argument('--dkim-key')
args.add_argument('--server', default='198.51.100.10')
opts = args.parse_args()
refused = 0
with open(opts.notes, 'a') as notes:
    for plan in json.load(sys.stdin):
        message = EmailMessage()
        message['From'] = plan['from'] or 'MAILER-DAEMON@example.net'
        message['To'] = ', '.join(plan['to'])
        message['Subject'] = plan.get('subject', 'Re: this week')
        message['Date'] = email.utils.formatdate()
        if plan['id']:
            message['Message-ID'] = f"<{plan['id']}>"
        for name, value in plan.get('headers', {}).items():
            message[name] = value
        text = plan.get('text', 'Hello,\n\nplease see below.\n\nRegards\n')
        if text == 'gtube':
            text = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\n'
        message.set_content(text)
        attached = []
        for item in plan.get('attach', []):
            data = content(item['content'])
            main, sub = item['type'].split('/')
            message.add_attachment(data, maintype=main, subtype=sub, filename=item['name'])
            attached.append({'name': item['name'], 'declaredType': item['type'], 'sizeBytes': len(data),
                             'md5': hashlib.md5(data).hexdigest(), 'sha256': hashlib.sha256(data).hexdigest()})
        data = message.as_bytes(policy=message.policy.clone(linesep='\r\n'))
        if plan.get('dkim'):
            data = dkim.sign(data, plan['from'].split('@')[1], open(opts.dkim_key, 'rb').read(), broken=plan['dkim'] == 'break')
        answer = 250
        try:
            with smtplib.SMTP(timeout=60, source_address=(plan.get('source', '203.0.113.10'), 0)) as client:
                client.connect(opts.server, 25)
                client.ehlo(plan.get('helo', 'mail.example.net'))
                client.sendmail(plan['from'], plan['to'], data)
        except smtplib.SMTPRecipientsRefused as error:
            answer = max(code for code, _ in error.recipients.values())
        except smtplib.SMTPResponseException as error:
            answer = error.smtp_code
        note = {'messageId': message['Message-ID'] or '', 'sender': plan['from'], 'recipients': plan['to'],
                'client': plan.get('source', '203.0.113.10'), 'attachments': attached, 'answer': answer, 'then': plan.get('then', {})}
        notes.write(json.dumps(note) + '\n')
        notes.flush()
        time.sleep(plan.get('pause', 0.3))
