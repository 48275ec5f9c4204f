# ClamAV as Postfix's milter: clamd and clamav-milter with log files of their own.
title="clamav-milter and clamd, their own log files"
root=/
into=clamav/recordings/milter
packages="clamav-daemon clamav-milter"
log=file clamd_clean=yes
postfix_extra="$plain_mailboxes
smtpd_milters = unix:/run/clamav/milter.ctl
milter_default_action = accept"
prepare() {
  [ "$log" = file ] || clamd_syslog=yes
  clamd_prepare
  cat > /etc/clamav/clamav-milter.conf <<CF
MilterSocket /run/clamav/milter.ctl
MilterSocketMode 666
User clamav
ClamdSocket unix:/run/clamav/clamd.ctl
OnInfected ${on_infected:-Reject}
RejectMsg Not taken: %v
OnFail Accept
AddHeader Replace
LogInfected Full
LogClean Full
LogTime yes
CF
  if [ "$log" = file ]; then echo 'LogFile /var/log/clamav/clamav-milter.log' >> /etc/clamav/clamav-milter.conf
  else printf 'LogSyslog yes\nLogFacility LOG_MAIL\n' >> /etc/clamav/clamav-milter.conf; fi
}
start() {
  clamd_start || return 1
  clamav-milter > /tmp/milter.out 2>&1
  wait_for 20 test -S /run/clamav/milter.ctl || { cat /tmp/milter.out >&2; return 1; }
}
act() {
  python3 "$lib/send.py" "$base/sent.jsonl" < "$lib/plan-filters.json"
  # And a file that somebody has scanned by hand.
  mkdir -p /srv; printf 'WATCHPOST FILTER TEST 7f3a91c2: a harmless line that one signature finds.\n' > /tmp/found.txt; chmod 644 /tmp/found.txt; chmod 755 /tmp
  clamdscan --fdpass /tmp/found.txt >/dev/null 2>&1 || true
  sleep 1
}
collect() {
  [ "$log" = file ] && { cp /var/log/clamav/clamav.log "$base/out/clamd.log"; cp /var/log/clamav/clamav-milter.log "$base/out/"; chmod 644 "$base/out/"*; }
  cp /var/log/mail.log "$base/out/"
}
