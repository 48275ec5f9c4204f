"""The outside world of the laboratory: DNS, HTTP(S), SMTP and plain TCP sinks, all harmless.

Runs in the outer namespace. HTTP serves the files below --www and swallows uploads; SMTP accepts everything but
recipients whose local part starts with "unknown"; TCP ports answer nothing and swallow what comes.
"""
import argparse, os, socket, socketserver, ssl, struct, subprocess, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ZONE = {
    'mx1.example.org': '198.51.100.10', 'mx2.example.org': '198.51.100.11', 'ws3.example.org': '198.51.100.10',
    'backup.example.org': '198.51.100.30', 'desk.example.org': '198.51.100.50', 'relay.example.org': '198.51.100.20',
    'mail.example.net': '203.0.113.10', 'smtp.example.com': '203.0.113.25', 'lists.example.net': '203.0.113.40',
    'files.example.net': '203.0.113.80', 'cdn.example.com': '203.0.113.81', 'chat.example.com': '203.0.113.82',
    'drop.example.net': '203.0.113.66', 'webmail.example.com': '203.0.113.83', 'vault.example.net': '203.0.113.67',
    'registry.example.com': '203.0.113.84',
}
MX = {'example.net': 'mail.example.net', 'example.com': 'smtp.example.com', 'example.org': 'mx1.example.org',
      'drop.example.net': 'drop.example.net', 'lists.example.net': 'lists.example.net'}
NAMES = {}
for name, ip in ZONE.items():
    NAMES.setdefault(ip, name)


def labels(data, at):
    out = []
    while data[at]:
        out.append(data[at + 1:at + 1 + data[at]].decode('ascii', 'replace'))
        at += 1 + data[at]
    return '.'.join(out).lower(), at + 1


def encode(name):
    return b''.join(bytes([len(p)]) + p.encode() for p in name.split('.') if p) + b'\0'


def forward(name):
    if name in ZONE:
        return ZONE[name]
    # hostNN.example.net and hostNN.example.com stand for the many ordinary senders.
    head, _, rest = name.partition('.')
    if head.startswith('host') and head[4:].isdigit() and rest in ('example.net', 'example.com'):
        return ('203.0.113.' if rest == 'example.net' else '192.0.2.') + str(int(head[4:]) % 256)
    return None


def reverse(name):
    parts = name.split('.')
    if len(parts) != 6 or parts[4] != 'in-addr':
        return None
    ip = '.'.join(reversed(parts[:4]))
    if ip in NAMES:
        return NAMES[ip]
    if ip.startswith('203.0.113.') and int(parts[0]) % 3:
        return f'host{parts[0]}.example.net'
    if ip.startswith('192.0.2.') and int(parts[0]) % 2:
        return f'host{parts[0]}.example.com'
    return None


def dns(bind):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind((bind, 53))
    while True:
        data, peer = sock.recvfrom(1500)
        try:
            name, at = labels(data, 12)
            kind = struct.unpack('>H', data[at:at + 2])[0]
            question = data[12:at + 4]
            answer, code = b'', 3
            if kind == 1 and forward(name):
                answer = struct.pack('>HHHIH', 0xC00C, 1, 1, 300, 4) + socket.inet_aton(forward(name))
            elif kind == 15 and name in MX:
                body = struct.pack('>H', 10) + encode(MX[name])
                answer = struct.pack('>HHHIH', 0xC00C, 15, 1, 300, len(body)) + body
            elif kind == 12 and reverse(name):
                body = encode(reverse(name))
                answer = struct.pack('>HHHIH', 0xC00C, 12, 1, 300, len(body)) + body
            if answer or forward(name) or name in MX:
                code = 0
            head = data[:2] + struct.pack('>HHHHH', 0x8580 | code, 1, 1 if answer else 0, 0, 0)
            sock.sendto(head + question + answer, peer)
        except (IndexError, ValueError, struct.error):
            continue


class Web(BaseHTTPRequestHandler):
    server_version = 'nginx'
    sys_version = ''
    www = '.'

    def do_GET(self):
        path = os.path.normpath(self.path.split('?')[0]).lstrip('/')
        full = os.path.join(self.www, path)
        body, code = (open(full, 'rb').read(), 200) if path and os.path.isfile(full) else (b'ok\n', 404 if path.startswith('debian') else 200)
        kind = 'application/octet-stream' if os.path.isfile(full) and not full.endswith('.html') else 'text/html'
        self.send_response(code)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        if kind != 'text/html':
            self.send_header('Content-Disposition', f'attachment; filename="{os.path.basename(full)}"')
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        if 'expect' in {k.lower() for k in self.headers} and self.request_version >= 'HTTP/1.1':
            self.send_response_only(100)
            self.end_headers()
        left = int(self.headers.get('Content-Length') or 0)
        if (self.headers.get('Transfer-Encoding') or '').lower() == 'chunked':
            while True:
                size = int(self.rfile.readline().strip() or b'0', 16)
                self.rfile.read(size + 2)
                if not size:
                    break
        while left > 0:
            left -= len(self.rfile.read(min(left, 65536)) or b'x' * left)
        # A crash reporter is told the number of its report.
        said = b'CrashID=bp-5f0e1c2a-7d4b-4f0e-9b0e-13a3a0261122\n' if self.path.startswith('/submit') else b''
        self.send_response(200)
        self.send_header('Content-Length', str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_PUT = do_POST

    def answer(self, code):
        self.rfile.read(int(self.headers.get('Content-Length') or 0))
        self.send_response(code)
        self.send_header('Content-Length', '0')
        self.end_headers()

    def do_PROPFIND(self):
        """WebDAV: nothing is here yet."""
        self.answer(404)

    def do_MKCOL(self):
        self.answer(201)

    def log_message(self, *args):
        pass


class Smtp(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b'\r\n')

    def handle(self):
        name = NAMES.get(self.server.server_address[0], 'mail.example.net')
        try:
            self.say(f'220 {name} ESMTP')
            while True:
                line = self.rfile.readline()
                if not line:
                    return
                verb = line[:4].upper()
                if verb == b'EHLO':
                    starttls = getattr(self.server, 'context', None) and not isinstance(self.connection, ssl.SSLSocket)
                    self.say(f'250-{name}')
                    if starttls:
                        self.say('250-STARTTLS')
                    self.say('250 SIZE 52428800')
                elif verb == b'STAR' and getattr(self.server, 'context', None):
                    self.say('220 go ahead')
                    self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
                    self.rfile = self.connection.makefile('rb', -1)
                    self.wfile = self.connection.makefile('wb', 0)
                elif verb == b'RCPT' and b'<unknown' in line.lower():
                    self.say('550 5.1.1 no such user here')
                elif verb == b'DATA':
                    self.say('354 end with .')
                    while self.rfile.readline() not in (b'.\r\n', b'.\n', b''):
                        pass
                    self.say('250 2.0.0 Ok: queued as 8F1C22A0')
                elif verb == b'QUIT':
                    self.say('221 bye')
                    return
                else:
                    self.say('250 2.0.0 Ok')
        except (OSError, ssl.SSLError):
            return


class Swallow(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while self.request.recv(65536):
                pass
        except OSError:
            pass


def hush(*_):
    """A peer that hangs up is nobody's news."""


ThreadingHTTPServer.handle_error = hush


class Server(socketserver.ThreadingTCPServer):
    handle_error = hush
    allow_reuse_address = True
    daemon_threads = True


class Server6(Server):
    address_family = socket.AF_INET6


def start(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()


def main():
    args = argparse.ArgumentParser()
    args.add_argument('--www', required=True)
    args.add_argument('--keys', required=True)
    args.add_argument('--ready', required=True)
    opts = args.parse_args()
    Web.www = opts.www
    key, cert = opts.keys + '/key.pem', opts.keys + '/cert.pem'
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=files.example.net',
                    '-keyout', key, '-out', cert], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    threading.Thread(target=dns, args=('203.0.113.53',), daemon=True).start()
    ThreadingHTTPServer.daemon_threads = True
    for ip in sorted(set(ZONE.values()) - {'198.51.100.10', '198.51.100.11'}):
        for port in (80, 8000, 8080):
            start(ThreadingHTTPServer((ip, port), Web))
        tls = ThreadingHTTPServer((ip, 443), Web)
        tls.socket = context.wrap_socket(tls.socket, server_side=True, do_handshake_on_connect=False)
        start(tls)
        for port in (25, 587, 2525):
            server = Server((ip, port), Smtp)
            if ip != '203.0.113.25':
                server.context = context
            start(server)
        for port in (4444, 8443, 9001):
            start(Server((ip, port), Swallow))
    for port in (25, 587):
        server = Server6(('2001:db8:99:1::19', port), Smtp)
        server.context = context
        start(server)
    open(opts.ready, 'w').close()
    threading.Event().wait()


main()
