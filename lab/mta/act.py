"""Verbs of the stories: mail over SMTP, mail handed in on a host, and what became of it, as seen from outside of the MTA.

What is written down as the truth comes from the clients' replies, from the mailboxes as they lie there in the end, and from
the servers outside. Nothing is read from the logs that are recorded.
"""
import email.utils, json, mailbox, os, re, smtplib, socket, subprocess, sys, time
from email.message import EmailMessage
from email.policy import SMTP

BASE = sys.argv[1]
ADDRESS = {'mx1': '198.51.100.10', 'mx2': '198.51.100.11'}
truth = {'smtp': [], 'local': [], 'refused': [], 'connections': [], 'mailboxes': {}, 'outside': []}
_count = 0


def now():
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())


def root(host):
    return f'{BASE}/hosts/{host}/root'


def on(host, command, user=None, text=None):
    """Runs a shell command on a host."""
    pid = open(f'{BASE}/hosts/{host}/pid').read().strip()
    become = ['setpriv', '--reuid', user, '--regid', user, '--clear-groups', '--'] if user else []
    env = {'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'HOME': f'/home/{user}' if user else '/root', 'USER': user or 'root', 'LOGNAME': user or 'root'}
    child = subprocess.run(['nsenter', '-t', pid, '-m', '-u', '-r', '-w', '--', *become, '/bin/sh', '-c', command],
                           input=(text or '').encode('utf-8', 'surrogateescape'), env=env, capture_output=True)
    return child.returncode, (child.stdout + child.stderr).decode('utf-8', 'replace')


def message(sender, to, subject='Weekly note', size=0, headers=(), attach=None):
    global _count
    _count += 1
    mail = EmailMessage()
    mail['From'] = sender or 'MAILER-DAEMON@example.net'
    mail['To'] = ', '.join(to)
    mail['Subject'] = subject
    mail['Date'] = email.utils.formatdate()
    mail['Message-ID'] = f'<{int(time.time()):x}.{_count}@{(sender or "x@example.net").split("@")[-1]}>'
    for name, value in headers:
        del mail[name]
        if value is not None:
            mail[name] = value
    mail.set_content('Hello,\n\nplease see below.\n' + ('x' * 72 + '\n') * (size // 73))
    if attach:
        mail.add_attachment(b'PK\x03\x04' + bytes(range(256)) * (attach[1] // 256), maintype='application', subtype='zip', filename=attach[0])
    return mail


def smtp(host, sender, to, source='203.0.113.10', helo='mail.example.net', user=None, mail=None, **with_):
    """One message by SMTP from outside. Notes what the server answered, by recipient."""
    mail = mail or message(sender, to, **with_)
    data = mail.as_bytes(policy=SMTP)
    given = {'host': host, 'time': now(), 'sender': sender, 'source': source, 'helo': helo, 'user': user or '', 'messageId': mail['Message-ID'] or '',
             'bytes': len(data), 'accepted': [], 'reply': ''}
    client = smtplib.SMTP(timeout=60, source_address=(source, 0), local_hostname=helo)
    client.connect(ADDRESS[host], 25)
    client.ehlo(helo)
    if user:
        if client.has_extn('starttls'):
            client._host = 'localhost'; client.starttls(); client.ehlo(helo)
        client.login(*user.split(':'))
        given['user'] = user.split(':')[0]
    code, text = client.mail(sender)
    if code != 250:
        truth['refused'].append({'host': host, 'time': now(), 'source': source, 'sender': sender, 'recipient': '', 'stage': 'MAIL', 'code': code, 'text': text.decode()})
    for each in to if code == 250 else []:
        code, text = client.rcpt(each)
        if code == 250:
            given['accepted'].append(each)
        else:
            truth['refused'].append({'host': host, 'time': now(), 'source': source, 'sender': sender, 'recipient': each, 'stage': 'RCPT', 'code': code, 'text': text.decode()})
    if given['accepted']:
        code, text = client.data(data)
        given['reply'] = f'{code} {text.decode()}'
        if code == 250:
            truth['smtp'].append(given)
        else:
            truth['refused'].append({'host': host, 'time': now(), 'source': source, 'sender': sender, 'recipient': '', 'stage': 'DATA', 'code': code, 'text': text.decode()})
    client.quit()
    truth['connections'].append({'host': host, 'time': now(), 'source': source, 'messages': 1 if given['reply'].startswith('250') else 0, 'lost': False})
    return given


def many(host, mails, source='203.0.113.10', helo='mail.example.net'):
    """Several messages in one connection: a list of (sender, recipients, options)."""
    client = smtplib.SMTP(timeout=60, source_address=(source, 0), local_hostname=helo)
    client.connect(ADDRESS[host], 25)
    client.ehlo(helo)
    for sender, to, with_ in mails:
        mail = message(sender, to, **with_)
        data = mail.as_bytes(policy=SMTP)
        client.mail(sender)
        accepted = [each for each in to if client.rcpt(each)[0] == 250]
        code, text = client.data(data)
        truth['smtp'].append({'host': host, 'time': now(), 'sender': sender, 'source': source, 'helo': helo, 'user': '', 'messageId': mail['Message-ID'],
                              'bytes': len(data), 'accepted': accepted, 'reply': f'{code} {text.decode()}'})
    client.quit()
    truth['connections'].append({'host': host, 'time': now(), 'source': source, 'messages': len(mails), 'lost': False})


def visit(host, source, lines=(), leave='quit'):
    """A connection that brings no message: QUIT after `lines`, or gone without a word."""
    with socket.create_connection((ADDRESS[host], 25), timeout=30, source_address=(source, 0)) as sock:
        file = sock.makefile('rwb')
        replies = [file.readline().decode()]
        for line in lines:
            file.write(line.encode() + b'\r\n'); file.flush()
            if replies[-1].startswith('354'):
                continue
            reply = file.readline()
            while reply[3:4] == b'-':
                reply = file.readline()
            replies.append(reply.decode().strip())
        if leave == 'quit':
            file.write(b'QUIT\r\n'); file.flush(); file.readline()
    truth['connections'].append({'host': host, 'time': now(), 'source': source, 'messages': 0, 'lost': leave != 'quit'})
    return replies


def local(host, user, to, sender=None, mail=None, options='-oi', **with_):
    """A program of `user` hands a message in through sendmail(1)."""
    mail = mail or message(sender or f'{user}@{domain(host)}', to, **with_)
    command = f'/usr/sbin/sendmail {options} ' + (f'-f {sender} ' if sender else '') + '-- ' + ' '.join(f"'{each}'" for each in to)
    code, out = on(host, command, user=user, text=mail.as_string())
    uid = int(subprocess.run(['grep', f'^{user}:', f'{root(host)}/etc/passwd'], capture_output=True, text=True).stdout.split(':')[2])
    truth['local'].append({'host': host, 'time': now(), 'user': user, 'uid': uid, 'sender': sender or '', 'messageId': mail['Message-ID'] or '', 'recipients': list(to), 'status': code})
    if code:
        print('local:', out, file=sys.stderr)
    return mail


def domain(host):
    return open(f'{root(host)}/etc/mailname').read().strip()


def write(host, path, text, owner=None, mode=0o644):
    full = root(host) + path
    with open(full, 'w') as file:
        file.write(text)
    os.chmod(full, mode)
    if owner:
        uid = next(int(line.split(':')[2]) for line in open(f'{root(host)}/etc/passwd') if line.startswith(owner + ':'))
        os.chown(full, uid, uid)


def box(host, user):
    """Message-IDs in a user's mailbox, sorted; notifications of the MTA's own have the id they were given."""
    found = []
    for path in (f'{root(host)}/var/mail/{user}', f'{root(host)}/home/{user}/mbox'):
        if os.path.isfile(path):
            found += [each['Message-ID'] or '' for each in mailbox.mbox(path, create=False)]
    for path in (f'{root(host)}/home/{user}/Maildir',):
        if os.path.isdir(path):
            found += [each['Message-ID'] or '' for each in mailbox.Maildir(path, create=False)]
    return sorted(each.strip() for each in found)


def settled(host, user, count, seconds=60):
    """Waits until the mailbox holds so many messages."""
    end = time.time() + seconds
    while len(box(host, user)) < count:
        if time.time() > end:
            print(f'{user}@{host}: {len(box(host, user))} messages, {count} awaited', file=sys.stderr)
            return False
        time.sleep(0.3)
    return True


def finish(hosts, **also):
    for host in hosts:
        truth['mailboxes'][host] = {user: box(host, user) for user in ('root', 'ops', 'dev', 'clerk', 'buyer', 'intern') if box(host, user)}
    report = f'{BASE}/out/outside.ndjson'
    truth['outside'] = [json.loads(line) for line in open(report)] if os.path.exists(report) else []
    truth.update(also)
    with open(f'{BASE}/out/truth.json', 'w') as file:
        json.dump(truth, file, indent=1)
        file.write('\n')
