"""An SMTP server of the outside world that takes everything: sink.py ADDRESS"""
import socketserver, sys


class Smtp(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b'\r\n')

    def handle(self):
        self.say('220 drop.example.net ESMTP')
        while True:
            line = self.rfile.readline()
            verb = line[:4].upper()
            if not line or verb == b'QUIT':
                return
            if verb == b'DATA':
                self.say('354 end with .')
                while self.rfile.readline() not in (b'.\r\n', b'.\n', b''):
                    pass
            self.say('250 2.0.0 Ok')


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer((sys.argv[1], 25), Smtp).serve_forever()
