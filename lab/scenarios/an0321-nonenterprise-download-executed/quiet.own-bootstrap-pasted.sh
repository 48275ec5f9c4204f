title="The organisation's own bootstrap lines pasted after private mail was read"
what="dev looks at private webmail in Chromium. Then, as the own handbook says: curl -fsS http://backup.example.org/setup.sh | sh, source <(curl -s http://backup.example.org/env) and a line of python that reads json from the own host; wget fetches a data file from outside into /dev/shm, which gzip -t and wc read."
host=ws3.example.org user=dev daemons="cron sshd" expect=informational
setup() {
  mkdir -p "$base/out/www/p"
  printf '#!/bin/sh\nmkdir -p ~/.config/site; echo one > ~/.config/site/conf\n' > "$base/out/www/setup.sh"
  printf 'export SITE=one\n' > "$base/out/www/env"; printf '{"v": 3}' > "$base/out/www/v.json"
  head -c 4000 /dev/urandom | gzip > "$base/out/www/p/data.gz"; printf '<html>mail</html>' > "$base/out/www/p/inbox.html"
}
act() {
  small_talk 1
  display_up
  chromium_as dev https://webmail.example.com/p/inbox.html
  sleep 9
  desktop_close
  console_as dev <<'L'
curl -fsS http://backup.example.org/setup.sh | sh
source <(curl -s http://backup.example.org/env)
python3 -c 'import json, urllib.request as u; print(json.load(u.urlopen("http://backup.example.org/v.json"))["v"])'
wget -q -O /dev/shm/data.gz http://files.example.net/p/data.gz
gzip -t /dev/shm/data.gz; zcat /dev/shm/data.gz | wc -c
rm /dev/shm/data.gz
L
  small_talk 1
}
truth() {
  net_step visit 'chromium.* 203.0.113.83:443' 'private mail'
  net_step own 'curl 198.51.100.30:80' 'the own host'
  exec_step shell '(dash|sh) sh$' 'its lines run'
  exec_step json 'python3 -c import json' 'and a line of python'
  exec_step data 'wget -q -O /dev/shm/data.gz' 'a data file'
}
