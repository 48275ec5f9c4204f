# A package's own daily job upgrades the host and says so by mail.
title="unattended-upgrades upgrades packages at night and mails what it did"
what="/etc/cron.daily/apt-compat, of the package apt, is run by run-parts from /etc/crontab: apt's daily script updates the lists and starts unattended-upgrade (Python), the real one, which installs the new versions of two packages from the host's configured archive and mails its report through sendmail, first to root, the next night to the provider who looks after the host, outside. Unattended-Upgrade::Mail names them."
host=mx1.example.org user=root daemons="cron sshd" expect=informational

report_to() { printf 'Unattended-Upgrade::Mail "%s";\nUnattended-Upgrade::MailReport "on-change";\n' "$1" > /etc/apt/apt.conf.d/52unattended-upgrades-local; }
setup() {
  own_archive
  for name in team-notes team-forms; do packed $name 1.0; dpkg -i "/opt/archive/${name}_1.0_all.deb" >/dev/null || return 1; packed $name 1.1; done
  cp /usr/share/unattended-upgrades/20auto-upgrades /usr/share/unattended-upgrades/50unattended-upgrades /etc/apt/apt.conf.d/
  sed -i 's/"1"/"always"/' /etc/apt/apt.conf.d/20auto-upgrades
  printf 'APT::Periodic::RandomSleep "0";\n' > /etc/apt/apt.conf.d/60lab
  report_to root
  private /var/lib/unattended-upgrades; mkdir -p /var/log/unattended-upgrades /var/log/apt
  daily_jobs apt-compat
}
act() {
  small_talk 3; nightly
  wait_log_count 'orig_to=<root>.*status=sent' 1 100
  report_to care@example.net; packed team-notes 1.2; nightly
  wait_log 'to=<care@example.net>.*status=sent' 100
  small_talk 2
}
truth() {
  log_step run 'CRON.*run-parts --report /etc/cron.daily' 'cron runs the daily jobs'
  exec_step upgrade 'python3 /(usr/)?bin/unattended-upgrade' 'the upgrade starts'
  exec_step unpack 'dpkg .*--unpack' 'a package is unpacked'
  exec_step hand-over 'sendmail -oi -t' 'the report is handed to sendmail'
  mail_step sent 'orig_to=<root>.*status=sent' 'for the administrator'
  mail_step outside 'to=<care@example.net>.*status=sent' 'and the next time for the provider'
}
