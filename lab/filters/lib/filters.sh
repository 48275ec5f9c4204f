# The filters of the recordings, each with its own configuration. Sourced by world.sh.

# One signature of our own, for a harmless line (see send.py). No signatures are downloaded.
clamd_prepare() {
  rm -f /var/lib/clamav/*
  printf 'Watchpost.Test.Marker:0:*:%s\n' "$(printf 'WATCHPOST FILTER TEST 7f3a91c2' | od -An -tx1 | tr -d ' \n')" > /var/lib/clamav/lab.ndb
  mkdir -p /run/clamav /var/log/clamav; chown clamav: /run/clamav /var/log/clamav /var/lib/clamav
  cat > /etc/clamav/clamd.conf <<CF
LocalSocket /run/clamav/clamd.ctl
LocalSocketMode 666
User clamav
DatabaseDirectory /var/lib/clamav
LogFile /var/log/clamav/clamav.log
LogTime yes
LogClean ${clamd_clean:-no}
LogSyslog ${clamd_syslog:-no}
LogFacility LOG_MAIL
ExtendedDetectionInfo ${clamd_extended:-yes}
CF
}
clamd_start() { clamd >/dev/null 2>&1; wait_for 20 test -S /run/clamav/clamd.ctl; }

# Postfix's port for what a filter hands back.
back_on() { # PORT
  master_extra="$master_extra
127.0.0.1:$1 inet n - n - - smtpd
  -o content_filter=
  -o receive_override_options=no_unknown_recipient_checks,no_header_body_checks,no_milters
  -o mynetworks=127.0.0.0/8
  -o smtpd_authorized_xforward_hosts=127.0.0.0/8
  -o smtpd_milters="
}
plain_mailboxes='mydestination = example.org, $myhostname, localhost
home_mailbox = Maildir/'
