# The nightly backup reads everybody's mail, as it should, and sends it to the organisation's own backup host.
title="Nightly backup of /home and /var/mail to the organisation's backup host"
what="A job in /etc/cron.d, owned by root, packs /home and /var/mail with tar into /var/backups and copies the archive with rsync to backup.example.org (198.51.100.30), a host of the own network. It runs twice in the recording (the schedule is
shortened to a minute)."
host=mx1.example.org user=root daemons="cron sshd" store=mbox expect=low

setup() {
  outside_rsyncd
  mkdir -p "$base/out/bin"
  printf '#!/bin/sh\n# Nightly backup: everything people keep here.\nset -e\ntar -C / -czf /var/backups/home.tar.gz home var/mail\nrsync -t /var/backups/home.tar.gz rsync://backup.example.org/in/mx1/\n' > "$base/out/bin/nightly-backup"
  install_file "$base/out/bin/nightly-backup" /usr/local/sbin/nightly-backup
  printf 'HOME=/\nMAILTO=ops\n* * * * * root /usr/local/sbin/nightly-backup\n' > /etc/cron.d/nightly-backup; chmod 644 /etc/cron.d/nightly-backup
}
act() {
  small_talk 8
  ssh_run ops 'ls /var/backups'
  wait_file /var/backups/home.tar.gz 70
  sleep 5
  small_talk 3
  sleep $(( 62 - $(date +%-S) )); sleep 2
}
truth() {
  log_step job 'CRON.*CMD.*nightly-backup' 'cron starts the backup'
  exec_step pack 'tar -C / -czf /var/backups/home.tar.gz' 'tar packs'
  exec_step copy 'rsync -t /var/backups/home.tar.gz' 'rsync sends it to the own backup host'
  net_step connect 'rsync 198.51.100.30:873' 'inside the own network'
}
