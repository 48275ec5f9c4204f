"""Sends ordinary-looking messages over SMTP from an address of the outer namespace.

  mailer.py --from a@example.net --to clerk@example.org --subject 'Order' --text '...' [--attach FILE[:TYPE[:NAME]]]...
            [--source 203.0.113.10] [--helo mail.example.net] [--server 198.51.100.10] [--count N] [--every SECONDS]

"%n" in --from, --to, --subject, --source and --helo becomes the message's number.
"""
import argparse, email.utils, mimetypes, os, smtplib, sys, time
from email.message import EmailMessage

args = argparse.ArgumentParser()
args.add_argument('--from', dest='sender', required=True)
args.add_argument('--envelope')
args.add_argument('--to', action='append', required=True)
args.add_argument('--subject', default='Re: this week')
args.add_argument('--text', default='Hello,\n\nplease see below.\n\nRegards\n')
args.add_argument('--attach', action='append', default=[])
args.add_argument('--source', default='203.0.113.10')
args.add_argument('--helo', default='mail.example.net')
args.add_argument('--server', default='198.51.100.10')
args.add_argument('--count', type=int, default=1)
args.add_argument('--first', type=int, default=1)
args.add_argument('--every', type=float, default=0)
args.add_argument('--header', action='append', default=[])
args.add_argument('--no-data', action='store_true')
args.add_argument('--retry', type=float, default=0, help='on a 4xx answer try once more after so many seconds')
opts = args.parse_args()


def build(number):
    sub = lambda text: text.replace('%n', str(number))
    message = EmailMessage()
    message['From'] = sub(opts.sender)
    told = [h for h in opts.header if h.lower().startswith('to:')]
    if not told:
        message['To'] = ', '.join(sub(t) for t in opts.to)
    message['Subject'] = sub(opts.subject)
    message['Date'] = email.utils.formatdate()
    message['Message-ID'] = f'<{int(time.time() * 1000):x}.{number}@{sub(opts.helo)}>'
    for header in opts.header:
        name, _, value = header.partition(':')
        message[name] = sub(value.strip())
    message.set_content(sub(opts.text).replace('\\n', '\n'))
    for item in opts.attach:
        path, _, rest = item.partition(':')
        kind, _, name = rest.partition(':')
        name = name or os.path.basename(path)
        kind = kind or mimetypes.guess_type(name)[0] or 'application/octet-stream'
        main, sub_type = kind.split('/')
        with open(path, 'rb') as file:
            message.add_attachment(file.read(), maintype=main, subtype=sub_type, filename=name)
    return message


def send(number):
    sub = lambda text: text.replace('%n', str(number))
    source = sub(opts.source)
    with smtplib.SMTP(timeout=60, source_address=(source, 0)) as client:
        client.connect(opts.server, 25)
        client.ehlo(sub(opts.helo))
        envelope = opts.envelope if opts.envelope is not None else opts.sender
        if opts.no_data:
            client.mail(sub(envelope))
            for to in opts.to:
                client.rcpt(sub(to))
            return
        client.send_message(build(number), sub(envelope) if envelope != '<>' else '', [sub(t) for t in opts.to])


failed = 0
for number in range(opts.first, opts.first + opts.count):
    try:
        send(number)
    except (smtplib.SMTPException, OSError) as error:
        code = getattr(error, 'smtp_code', 0)
        codes = [answer[0] for answer in getattr(error, 'recipients', {}).values()] or [code]
        if opts.retry and any(400 <= c < 500 for c in codes):
            time.sleep(opts.retry)
            try:
                send(number)
            except (smtplib.SMTPException, OSError):
                failed += 1
        else:
            failed += 1
            print(f'mailer: message {number}: {error}', file=sys.stderr)
    if opts.every:
        time.sleep(opts.every)
sys.exit(1 if failed == opts.count else 0)
