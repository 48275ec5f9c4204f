title="The administrator installs a report of the site below /usr by sudo; executions and the mail log only"
what="ops writes /usr/lib/site/diskreport and its line in /etc/cron.d by sudo: df and the size of the mail queue, packed with gzip, mailed to root of this host. It runs twice, beside the older report of the site."
host=mx1.example.org user=ops daemons="cron sshd" audit_rules=audit-exec.rules expect=informational
people="ops ragna sven tove"
aliases='postmaster: root\nroot: ops\ninfo: ragna\nabuse: root\n'
setup() {
  echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  printf '#!/bin/sh\nuptime | mail -s "load $(hostname)" root\n' > /opt/load-report; chmod 755 /opt/load-report
  printf 'HOME=/\n* * * * * root /opt/load-report\n' > /etc/cron.d/load-report
  private /usr/lib/site
}
act() {
  small_talk 2
  ssh_as ops <<'L'
printf '#!/bin/sh\n(df -h; postqueue -p) | gzip -9 | uuencode disk.gz | mail -s "disk $(hostname)" root\n' > bericht
sudo install -m 755 bericht /usr/lib/site/diskreport
printf 'HOME=/\n* * * * * root /usr/lib/site/diskreport\n' | sudo tee /etc/cron.d/site-disk >/dev/null
L
  small_talk 1
  wait_log_count 'to=<ops@example.org>.*orig_to=<root>.*status=sent' 4 140
  small_talk 1; sleep 1
}
truth() {
  exec_step put 'install -m 755 bericht /usr/lib/site/diskreport' 'the report is installed'
  exec_step pack 'gzip -9' 'it packs'
  exec_step mail 'mail -s disk' 'and mails to root of this host'
}
