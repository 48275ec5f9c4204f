# clamsmtp as Postfix's content filter, in front of clamd.
title="clamsmtp as content filter, syslog"
root=/
into=clamav/recordings/clamsmtp
packages="clamsmtp clamav-daemon"
postfix_extra="$plain_mailboxes
content_filter = scan:[127.0.0.1]:10026"
master_extra='scan unix - - n - 4 smtp
  -o smtp_send_xforward_command=yes'
back_on 10025
prepare() {
  clamd_prepare
  usermod -a -G clamsmtp clamav
  mkdir -p /run/clamsmtp /var/spool/clamsmtp; chown clamsmtp: /run/clamsmtp /var/spool/clamsmtp; chmod 770 /var/spool/clamsmtp
  printf 'OutAddress: 127.0.0.1:10025\nListen: 127.0.0.1:10026\nClamAddress: /run/clamav/clamd.ctl\nXClient: off\nTempDirectory: /var/spool/clamsmtp\nUser: clamsmtp\nAction: drop\n' > /etc/clamsmtpd.conf
}
start() { clamd_start || return 1; clamsmtpd -f /etc/clamsmtpd.conf -p /run/clamsmtp/pid; wait_for 10 listens 10026; }
act() { python3 "$lib/send.py" "$base/sent.jsonl" < "$lib/plan-filters.json"; sleep 3; }
collect() { cp /var/log/mail.log "$base/out/"; }
