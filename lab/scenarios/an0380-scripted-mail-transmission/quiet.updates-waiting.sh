# Two packages that look for updates and only tell.
title="apticron and cron-apt mail which updates wait"
what="/etc/cron.d/apticron and /etc/cron.d/cron-apt, as their packages ship them, start both every night: apticron, the real one, lists the updates of the configured archive and mails the list with mailx to root and the provider outside, cron-apt mails the provider what it downloaded. Nothing is installed."
host=mx1.example.org user=root daemons="cron" expect=informational

setup() {
  own_archive
  for name in team-notes team-forms; do packed $name 1.0; dpkg -i "/opt/archive/${name}_1.0_all.deb" >/dev/null || return 1; packed $name 1.1; done
  private /var/lib/apticron /var/lib/cron-apt; mkdir -p /var/log/cron-apt
  printf 'EMAIL="root care@example.net"\n' > /etc/apticron/apticron.conf
  printf 'MAILTO="care@example.net"\nMAILON="always"\nRUNSLEEP=0\n' > /etc/cron-apt/config
  packaged_job apticron $'1i HOME=/\ns@^[0-9]+ @* @'
  packaged_job cron-apt $'1i HOME=/\ns@^0 4@* *@'
}
act() {
  small_talk 3
  wait_log_count 'to=<care@example.net>.*status=sent' 2 100
  packed team-forms 1.2; rm -f /var/lib/apticron/cron_run
  wait_log_count 'to=<care@example.net>.*status=sent' 3 100
  rm /etc/cron.d/*
  small_talk 2
}
truth() {
  log_step run 'CRON.*apticron --cron' 'cron starts the job of the package'
  exec_step look 'apt-get .*dist-upgrade' 'updates are looked for'
  exec_step hand-over 'mailx? ' 'the list is mailed'
  mail_step sent 'orig_to=<root>.*status=sent' 'to the administrator'
  mail_step outside 'to=<care@example.net>.*status=sent' 'and the provider'
}
