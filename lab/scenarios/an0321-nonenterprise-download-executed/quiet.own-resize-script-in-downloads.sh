# Own scripts live where the browser saves things, too.
title="Own script written in ~/Downloads and run there over pictures from a private webmail"
what="clerk gets pictures.zip from webmail.example.com with Chromium, writes resize.sh with an editor in the same folder (printf at the prompt, then sed), runs it over the unpacked pictures, and uploads the result to the own server 198.51.100.30. Nothing that came from outside is run."
host=ws3.example.org user=clerk daemons="cron sshd" expect=informational
shift_plan="day:8m web:30m"
setup() {
  mkdir -p "$base/out/p"; cd "$base/out/p"; for i in 1 2 3; do printf 'P2\n4 4\n255\n%s\n' "$(seq -s' ' $i $((i+15)))" > p$i.pgm; done; zip -q "$base/out/www/pictures.zip" *.pgm; cd /
  mkdir -p /home/clerk/letters; echo 'Dear Sir or Madam' > /home/clerk/letters/a.txt; chown -R clerk: /home/clerk/letters
}
act() {
  display_up
  phase day
  small_talk 3
  ssh_as clerk <<'L'
cat letters/a.txt
cp letters/a.txt letters/b.txt
mail -s "Your question" office9@example.net < letters/b.txt
L
  phase web
  small_talk 1
  chromium_as clerk http://webmail.example.com/pictures.zip
  wait_file /home/clerk/Downloads/pictures.zip 40; sleep 3; desktop_close
  console_as clerk <<'L'
cd Downloads
unzip -q pictures.zip -d pictures
ls pictures
printf '#!/bin/bash\nfor f in "$@"; do sed "s/^255/128/" "$f" > "${f%.pgm}-small.pgm"; done\n' > resize.sh
chmod +x resize.sh
./resize.sh pictures/*.pgm
sed -i 's/128/127/' resize.sh
./resize.sh pictures/p?.pgm
bash resize.sh pictures/p1.pgm
tar czf small.tgz pictures/*-small.pgm
curl -s -T small.tgz http://198.51.100.30/intranet/pictures/
L
  small_talk 2
}
truth() {
  file_step save 'chromium.*pictures.zip' 'Chromium saves the pictures'
  exec_step unpack 'unzip -q pictures.zip' 'they are unpacked'
  exec_step own './resize.sh' 'the own script works on them'
  net_step up 'curl 198.51.100.30:80' 'the result goes to the own server'
}
