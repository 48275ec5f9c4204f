# What smartd and mdadm do when a disk fails: a helper, mail(1), root.
title="Disk monitor's warning script mails root"
what="A root-owned program in /usr/local/sbin does what smartd's and mdadm's warning scripts do: outside of any login session it starts a root-owned helper with the device and the message in the environment, which pipes a text with the tail of the system log into mail(1) for root. Three devices warn."
host=mx1.example.org user=root daemons="cron sshd" audit_rules=audit-wide.rules expect=informational
stand_ins=("/usr/local/sbin/diskmond and its helper stand in for smartd and its smartd-runner: there is no disk to fail")

setup() {
  mkdir -p "$base/out/bin"
  printf '#!/bin/sh\n{ echo "The following warning was logged by the disk monitor:"; echo; echo "$DISK_MESSAGE"; echo; tail -5 /var/log/syslog; } | /usr/bin/mail -s "Disk error ($DISK_FAILTYPE) on $(hostname)" "$DISK_ADDRESS"\n' > "$base/out/bin/runner"
  printf '#!/bin/sh\nfor device in sda sdb sdc; do\n  sleep 2\n  DISK_MESSAGE="Device: /dev/$device, 8 currently unreadable sectors" DISK_FAILTYPE=CurrentPendingSector DISK_ADDRESS=root /usr/local/lib/diskmon/runner\ndone\n' > "$base/out/bin/diskmond"
  install_file "$base/out/bin/runner" /usr/local/lib/diskmon/runner
  install_file "$base/out/bin/diskmond" /usr/local/sbin/diskmond
}
act() {
  small_talk 2
  (cd / && exec setsid env -i HOME=/ PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/local/sbin/diskmond </dev/null >/dev/null 2>&1) & local monitor=$!
  daemon_is $monitor
  wait $monitor
  wait_log_count 'orig_to=<root>.*status=sent' 3
  small_talk 2
}
truth() {
  exec_step monitor '/usr/local/sbin/diskmond' 'the monitor runs'
  exec_step warn '/usr/local/lib/diskmon/runner' 'it starts its helper'
  exec_step hand-over 'mail -s Disk error' 'which mails'
  mail_step sent 'to=<ops@example.org>, orig_to=<root>.*status=sent' 'root'
}
