# Three people: one saves it, one runs it, as the third. The interpreter is a child of sudo's monitor, which starts no program itself.
title="A downloaded script from a shared folder is fed to python3 by sudo -u"
what="ines saves tool.sh with Chromium, which is a Python script, and copies it to /srv/share/inventory.txt; marek feeds it to python3 as tobi, by sudo with a terminal of its own. It connects to 203.0.113.67:8443."
host=ws3.example.org user=ines daemons="cron sshd"
people="hanna tobi ines marek jule"
aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'
audit_extra='-a always,exit -F arch=b64 -S open,openat,openat2,creat -F dir=/srv -F success=1 -k shared'

setup() {
  printf 'import socket\ns=socket.create_connection(("203.0.113.67",8443)); s.send(b"x"); s.close()\n' > "$base/out/www/tool.sh"
  private /srv; install -d -m 777 /srv/share; echo 'marek ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/marek
}
act() {
  small_talk 1
  display_up
  chromium_as ines https://files.example.net/tool.sh
  wait_file /home/ines/Downloads/tool.sh 40; sleep 1; desktop_close
  ssh_as ines <<'L'
cp Downloads/tool.sh /srv/share/inventory.txt
L
  ssh_as marek <<'L'
sudo -u tobi python3 - < /srv/share/inventory.txt
L
}
truth() {
  file_step save 'chromium.* (rename|link) .*CREATE /home/ines/Downloads/tool.sh$' 'the browser saves it'
  file_step share 'cp openat.*CREATE /srv/share/inventory.txt' 'it lies where others read it'
  exec_step execute 'python3.* python3 -$' 'it is fed to an interpreter'
  net_step beacon 'python3.* 203.0.113.67:8443' 'which connects'
}
