# The browser starts a program of the system for an extension, while downloads come in.
title="Firefox starts the native-messaging host of an extension, while documents are saved"
what="Firefox ESR, the real one, with Debian's extension browserpass: dev presses its button, and Firefox starts the extension's native host, an installed program, which lists dev's password store. Two documents are saved into ~/Downloads, one of them a script; dev reads both with less and runs neither."
host=ws3.example.org user=dev daemons="cron sshd" expect=informational

setup() {
  mkdir -p "$base/out/www/doc"; for n in 1 2 3; do echo "row$n,$n"; done > "$base/out/www/doc/hours.csv"; printf '#!/bin/sh\necho report\n' > "$base/out/www/doc/report.sh"
  mkdir -p /home/dev/.password-store/files.example.net /home/dev/.mozilla; echo dev@example.org > /home/dev/.password-store/.gpg-id; head -c 300 /dev/urandom > /home/dev/.password-store/files.example.net/dev.gpg
  printf '<html><body>Hours</body></html>\n' > "$base/out/www/hours.html"
  chown -R dev: /home/dev
}
act() {
  small_talk 2
  display_up
  firefox_as dev --marionette -remote-allow-system-access http://files.example.net/hours.html http://files.example.net/doc/hours.csv http://files.example.net/doc/report.sh
  wait_file /home/dev/Downloads/hours.csv 60
  wait_file /home/dev/Downloads/report.sh 20
  sleep 2
  python3 "$lab/lib/marionette.py" 30 "$lab/lib/firefox-button.js" browserpass@maximbaz.com >&2
  ssh_as dev <<'L'
cd Downloads
less -F hours.csv | cat
less -F report.sh | cat
L
  desktop_close
  small_talk 1
}
truth() {
  exec_step browser '/usr/lib/firefox-esr/firefox-esr' 'the browser starts'
  file_step save 'firefox-esr rename .*/Downloads/report.sh' 'a script is saved'
  exec_step host 'browserpass' 'it starts the native host of an extension'
  exec_step read 'less -F report.sh' 'and read'
}
