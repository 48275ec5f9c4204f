# The administrator's status mail, by the organisation's relay.
title="msmtp sends a short status from a job, through the organisation's relay"
what="A job in /etc/cron.d runs as ops: it sends three lines about disks with msmtp, configured in /etc/msmtprc, through relay.example.org (198.51.100.20) port 587 to ops@example.org. It runs twice in the recording."
host=ws3.example.org user=ops daemons="cron" expect=informational

setup() {
  printf 'account default\nhost relay.example.org\nport 587\nfrom ops@example.org\ntls off\nauth off\n' > /etc/msmtprc; chmod 644 /etc/msmtprc
  printf '#!/bin/sh\n{ printf "To: ops@example.org\\nSubject: disks of ws3\\n\\n"; df -h / | tail -1; } | msmtp ops@example.org\n' > "$base/out/disk-status"
  install_file "$base/out/disk-status" /usr/local/bin/disk-status
  printf 'MAILTO=""\n* * * * * ops /usr/local/bin/disk-status\n' > /etc/cron.d/disk-status; chmod 644 /etc/cron.d/disk-status
}
act() {
  small_talk 2
  for _ in $(seq 1 260); do [ "$(grep -c 'CMD.*disk-status' /var/log/recorded)" -ge 2 ] && break; sleep 0.5; done
  sleep 3
  small_talk 1
}
truth() {
  log_step job 'CRON.*CMD.*disk-status' 'cron starts the job'
  exec_step send 'msmtp ops@example.org' 'a short message'
  net_step relay 'msmtp 198.51.100.20:587' 'through the own relay'
}
