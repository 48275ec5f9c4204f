title="The nightly backup to a hired server, the same for eight nights"
what="root's timer starts /opt/backup/offsite each night: rsync of /home and /etc to vault.example.net, the hired backup server, then a line to root. Eight nights, the same. People get and send mail by day. Commands and connections recorded, raw."
host=mx1.example.org user=root daemons="cron sshd" audit_rules=audit-net.rules audit_format=RAW expect=informational
shift_plan="n1:1d n2:1d n3:1d n4:1d n5:1d n6:1d n7:1d n8:10h"
setup() {
  mkdir -p /opt/backup; outside_rsyncd
  cat > /opt/backup/offsite <<'P'
#!/bin/sh
set -e
for d in home etc; do rsync -a --delete --exclude=.cache /$d/ rsync://vault.example.net/in/mx1/$d/; done
echo "offsite backup done: $(du -sh /home | cut -f1)" | mail -s "offsite backup" root
P
  chmod 755 /opt/backup/offsite
}
act() {
  local i; for i in 1 2 3 4 5 6 7 8; do
    phase n$i; small_talk 3; service root HOME=/ /opt/backup/offsite; wait_log_count 'to=<ops@example.org>.*orig_to=<root' $i 20; sleep 1
    [ $i = 4 ] && ssh_run clerk 'echo "see you on Friday" | mail -s Friday partner3@example.net'
  done
  small_talk 2
}
truth() {
  exec_step copy 'rsync -a --delete --exclude=.cache /home/' 'the homes are copied'
  net_step connect 'rsync 203.0.113.67:873' 'to the hired server'
}
