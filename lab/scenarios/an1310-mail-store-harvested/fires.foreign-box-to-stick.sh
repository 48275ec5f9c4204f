title="Another's mailbox on a USB stick, by an administrator"
what="ops, who may do everything by sudo, works ordinarily (a certificate, disk space) and between that copies buyer's whole Maildir with cp -a to a stick mounted under /media/ops, then unmounts it. No network at all."
user=ops daemons="cron sshd" audit_rules=audit-wide.rules audit_format=RAW audit_extra="-a always,exit -F arch=b64 -S open,openat -F dir=/media -k watch"
setup() {
  echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  private /media; mkdir -p /media/ops/KINGSTON; mount -t tmpfs -o size=20m,uid=1001 stick /media/ops/KINGSTON
}
act() {
  letters buyer 9; small_talk 4
  console_as ops <<'L'
df -h / | tail -1
sudo postqueue -p
sudo cp -a /home/buyer/Maildir /media/ops/KINGSTON/drivers
ls /media/ops/KINGSTON
sync
sudo umount /media/ops/KINGSTON
sudo tail -3 /var/log/mail.log
L
  small_talk 2
}
truth() {
  exec_step copy 'cp -a /home/buyer/Maildir /media/ops/KINGSTON/drivers' 'the box of another, copied'
  file_step read 'cp openat:read NORMAL .*/home/buyer/Maildir/new/|cp openat:read NORMAL .*' 'every letter'
  exec_step gone 'umount /media/ops/KINGSTON' 'and away with it'
}
