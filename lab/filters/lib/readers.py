"""Reads mailboxes over IMAP, POP3 and ManageSieve, and fails to, and notes what it did.

  readers.py NOTES DOMAIN      DOMAIN '' where users log in by their bare names
"""
import base64, imaplib, json, poplib, socket, ssl, sys, time

notes, domain = open(sys.argv[1], 'a'), sys.argv[2]
SERVER = '198.51.100.10'
quiet = ssl.create_default_context()
quiet.check_hostname, quiet.verify_mode = False, ssl.CERT_NONE
full = lambda user: f'{user}@{domain}' if domain else user


def note(**what):
    notes.write(json.dumps(what) + '\n')
    notes.flush()
    time.sleep(0.5)


class Imap(imaplib.IMAP4):
    def __init__(self, source):
        self.source = source
        super().__init__(SERVER, 143)

    def _create_socket(self, timeout):
        return socket.create_connection((SERVER, 143), source_address=(self.source, 0))


def imap(user, password, source, tls):
    client = Imap(source)
    if tls:
        client.starttls(quiet)
    outcome, count = 'accepted', 0
    try:
        client.login(full(user), password)
        client.select('INBOX')
        _, ids = client.search(None, 'ALL')
        for number in ids[0].split():
            client.fetch(number, '(FLAGS BODY.PEEK[])')
            count += 1
        client.logout()
    except imaplib.IMAP4.error:
        outcome = 'failed'
        client.logout()
    note(protocol='imap', user=full(user), address=source, tls=tls, outcome=outcome, messages=count)


def pop3(user, password, source):
    client = poplib.POP3(SERVER, 110, timeout=30) if source is None else Pop(source)
    outcome, count = 'accepted', 0
    try:
        client.user(full(user))
        client.pass_(password)
        count = client.stat()[0]
        for number in range(1, count + 1):
            client.retr(number)
        client.quit()
    except poplib.error_proto:
        outcome = 'failed'
        client.close()
    note(protocol='pop3', user=full(user), address=source, tls=False, outcome=outcome, messages=count)


class Pop(poplib.POP3):
    def __init__(self, source):
        self.source = source
        super().__init__(SERVER, 110)

    def _create_socket(self, timeout):
        return socket.create_connection((SERVER, 110), source_address=(self.source, 0))


def sieve(user, password, source):
    with socket.create_connection((SERVER, 4190), source_address=(source, 0)) as client:
        lines = client.makefile('rwb')
        upto_ok(lines)
        token = base64.b64encode(f'\0{full(user)}\0{password}'.encode())
        lines.write(b'AUTHENTICATE "PLAIN" "' + token + b'"\r\n')
        lines.flush()
        ok = upto_ok(lines)
        lines.write(b'LOGOUT\r\n')
        lines.flush()
        upto_ok(lines)
    note(protocol='managesieve', user=full(user), address=source, tls=False, outcome='accepted' if ok else 'failed', messages=0)


def upto_ok(lines):
    while True:
        line = lines.readline()
        if not line or line.startswith((b'OK', b'NO', b'BYE')):
            return line.startswith(b'OK')


imap('clerk', 'lab-only', '203.0.113.20', False)
imap('buyer', 'lab-only', '203.0.113.20', True)
imap('dev', 'wrong', '192.0.2.77', False)
pop3('ops', 'lab-only', '203.0.113.20')
pop3('clerk', 'wrong', '192.0.2.77')
sieve('clerk', 'lab-only', '203.0.113.20')
# Somebody connects, says nothing and leaves.
Imap('192.0.2.77').shutdown()
note(protocol='imap', user='', address='192.0.2.77', tls=False, outcome='none', messages=0)
