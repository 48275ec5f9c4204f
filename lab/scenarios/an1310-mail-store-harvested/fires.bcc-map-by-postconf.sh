title="A map of blind copies for one person's mail"
what="With root's rights by ops's sudo somebody writes a table with buyer's and the sales address and an outside address, names it recipient_bcc_maps with postconf, and reloads Postfix; the letters of the next day go out in copy. Commands only are audited. Ordinary administration around it."
user=ops daemons="cron sshd" audit_rules=audit-exec.rules syslog_format=iso
shift_plan="before:1d set:20m after:20h"
setup() { echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  phase before; small_talk 10
  mail_in --from 'customer%n@example.com' --to buyer@example.org --subject 'Order %n' --source '192.0.2.%n' --helo 'host%n.example.com' --first 31 --count 5
  phase set; small_talk 1
  ssh_as ops <<'L'
sudo postqueue -p
sudo sh -c 'echo "buyer@example.org copy.1204@drop.example.net" > /etc/postfix/helo_checks'
sudo postmap /etc/postfix/helo_checks
sudo postconf -e 'recipient_bcc_maps = hash:/etc/postfix/helo_checks'
sudo postfix reload
sudo tail -2 /var/log/mail.log
L
  phase after
  mail_in --from 'customer%n@example.com' --to buyer@example.org --subject 'Order %n' --source '192.0.2.%n' --helo 'host%n.example.com' --first 41 --count 8
  small_talk 4
  wait_log 'to=<copy.1204@drop.example.net>.*status=sent' 20
}
truth() {
  exec_step map 'postmap /etc/postfix/helo_checks' 'a table'
  exec_step set 'postconf -e recipient_bcc_maps' 'named as blind copies'
  mail_step out 'to=<copy.1204@drop.example.net>.*status=sent' 'the letters go out'
}
