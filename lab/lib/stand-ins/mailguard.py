"""SMTP in on 127.0.0.1:10024, SMTP out to 127.0.0.1:10025: what a content filter does, without its opinion."""
import smtplib
import socketserver


class Filter(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        self.say("220 mailguard ESMTP")
        sender, rcpts = "", []
        while line := self.rfile.readline():
            verb = line[:4].upper()
            word = line.split(b"<", 1)[-1].split(b">", 1)[0].decode()
            if verb == b"EHLO":
                self.say("250-mailguard")
                self.say("250 8BITMIME")
            elif verb == b"MAIL":
                sender, rcpts = word, []
                self.say("250 ok")
            elif verb == b"RCPT":
                rcpts.append(word)
                self.say("250 ok")
            elif verb == b"DATA":
                self.say("354 go on")
                body = []
                while (row := self.rfile.readline()) not in (b".\r\n", b""):
                    body.append(row[1:] if row.startswith(b".") else row)
                with smtplib.SMTP("127.0.0.1", 10025, local_hostname="mailguard") as out:
                    out.sendmail(sender, rcpts, b"".join(body))
                self.say("250 2.0.0 re-injected")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(("127.0.0.1", 10024), Filter).serve_forever()
