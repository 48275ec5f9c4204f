"""The world outside of the recorded hosts, on loopback: a name server, and SMTP servers that tell what they were given.

  outside.py REPORT

`unknown*` is refused for good, `later*` for now when it is asked for the first time, `full*` for want of room. Nobody listens
at down.example.net.
"""
import json, socket, socketserver, struct, sys, threading, re

ZONE = {
    'mx1.example.test': '198.51.100.10', 'mx2.example.test': '198.51.100.11', 'desk.example.test': '198.51.100.50', 'gw.example.test': '198.51.100.1',
    'mail.example.net': '203.0.113.10', 'smtp.example.com': '203.0.113.25', 'down.example.net': '203.0.113.99',
    'lists.example.net': '203.0.113.40', 'localhost': '127.0.0.1',
}
MX = {'example.test': 'mx1.example.test', 'branch.example.test': 'mx2.example.test', 'example.net': 'mail.example.net',
      'example.com': 'smtp.example.com', 'down.example.net': 'down.example.net', 'lists.example.net': 'lists.example.net'}
NAMES = {ip: name for name, ip in ZONE.items()}


def forward(name):
    head, _, rest = name.partition('.')
    if head.startswith('host') and head[4:].isdigit() and rest in ('example.net', 'example.com'):
        return ('203.0.113.' if rest == 'example.net' else '192.0.2.') + str(int(head[4:]) % 256)
    return ZONE.get(name)


def reverse(name):
    parts = name.split('.')
    if len(parts) != 6 or parts[4] != 'in-addr':
        return None
    ip = '.'.join(reversed(parts[:4]))
    if ip in NAMES:
        return NAMES[ip]
    # Some sources have no name.
    if ip.startswith('203.0.113.') and int(parts[0]) % 3:
        return f'host{parts[0]}.example.net'
    if ip.startswith('192.0.2.') and int(parts[0]) % 2:
        return f'host{parts[0]}.example.com'
    return None


def encode(name):
    return b''.join(bytes([len(part)]) + part.encode() for part in name.split('.') if part) + b'\0'


def dns():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(('127.0.0.1', 53))
    while True:
        data, peer = sock.recvfrom(1500)
        try:
            labels, at = [], 12
            while data[at]:
                labels.append(data[at + 1:at + 1 + data[at]].decode('ascii', 'replace'))
                at += 1 + data[at]
            name, at = '.'.join(labels).lower(), at + 1
            kind = struct.unpack('>H', data[at:at + 2])[0]
            question, answer, exists = data[12:at + 4], b'', bool(forward(name) or name in MX)
            if kind == 1 and forward(name):
                answer = struct.pack('>HHHIH', 0xC00C, 1, 1, 300, 4) + socket.inet_aton(forward(name))
            elif kind == 15 and name in MX:
                body = struct.pack('>H', 10) + encode(MX[name])
                answer = struct.pack('>HHHIH', 0xC00C, 15, 1, 300, len(body)) + body
            elif kind == 12 and reverse(name):
                body = encode(reverse(name))
                answer = struct.pack('>HHHIH', 0xC00C, 12, 1, 300, len(body)) + body
            flags = 0x8580 if answer or exists else 0x8583
            sock.sendto(data[:2] + struct.pack('>HHHHH', flags, 1, 1 if answer else 0, 0, 0) + question + answer, peer)
        except (IndexError, ValueError, struct.error):
            continue


report = open(sys.argv[1], 'a', buffering=1)
seen, lock, count = set(), threading.Lock(), 0


class Smtp(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b'\r\n')

    def handle(self):
        global count
        sender, accepted = None, []
        name = NAMES.get(self.server.server_address[0], 'mail.example.net')
        self.say(f'220 {name} ESMTP')
        for raw in self.rfile:
            line = raw.decode('utf-8', 'replace').strip()
            verb = line[:4].upper()
            if verb == 'EHLO':
                self.say(f'250-{name}'); self.say('250 SIZE 52428800')
            elif verb == 'MAIL':
                sender, accepted = re.search(r'<([^>]*)>', line)[1], []
                self.say('250 2.1.0 Ok')
            elif verb == 'RCPT':
                to = re.search(r'<([^>]*)>', line)[1]
                with lock:
                    again = (sender, to) in seen
                    seen.add((sender, to))
                if to.startswith('unknown'):
                    self.say(f'550 5.1.1 <{to}>: Recipient address rejected: User unknown')
                elif to.startswith('full'):
                    self.say(f'452 4.2.2 <{to}>: mailbox is full')
                elif to.startswith('later') and not again:
                    self.say(f'451 4.7.1 <{to}>: please try again later')
                else:
                    accepted.append(to)
                    self.say('250 2.1.5 Ok')
            elif verb == 'DATA':
                if not accepted:
                    self.say('554 5.5.1 no valid recipients')
                    continue
                self.say('354 go on')
                head, body = {}, []
                for raw in self.rfile:
                    if raw in (b'.\r\n', b'.\n'):
                        break
                    body.append(raw)
                text = b''.join(body).replace(b'\r\n', b'\n').split(b'\n\n')[0].decode('utf-8', 'replace')
                ids = re.findall(r'(?im)^message-id:\s*(<[^>]*>)', text)
                with lock:
                    count += 1
                    queued = f'{count:010X}'
                    report.write(json.dumps({'server': name, 'sender': sender, 'recipients': accepted,
                                             'messageId': ids[0] if ids else '', 'queuedAs': queued}) + '\n')
                self.say(f'250 2.0.0 Ok: queued as {queued}')
            elif verb == 'QUIT':
                self.say('221 2.0.0 Bye')
                return
            elif verb in ('RSET', 'NOOP', 'HELO'):
                self.say('250 2.0.0 Ok')
            else:
                self.say('502 5.5.2 not known')


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


threading.Thread(target=dns, daemon=True).start()
servers = [Server((address, 25), Smtp) for address in ('203.0.113.25', '203.0.113.40', '203.0.113.10')]
for server in servers[1:]:
    threading.Thread(target=server.serve_forever, daemon=True).start()
servers[0].serve_forever()
