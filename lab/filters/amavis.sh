# Amavis as Postfix's content filter, with ClamAV, SpamAssassin and banned names; it hands mail back on port 10025.
title="Amavis as content filter, log level 0"
root=/
into=amavis/recordings/content-filter
packages="amavisd-new clamav-daemon spamassassin"
log_level=0
postfix_extra="$plain_mailboxes
content_filter = smtp-amavis:[127.0.0.1]:10024"
master_extra='smtp-amavis unix - - n - 2 smtp
  -o smtp_data_done_timeout=1200
  -o smtp_send_xforward_command=yes
  -o disable_dns_lookups=yes'
back_on 10025
prepare() {
  clamd_prepare
  usermod -a -G amavis clamav
  cat > /etc/amavis/conf.d/50-user <<'CF'
use strict;
$myhostname = 'mx1.example.org';
$mydomain = 'example.org';
@local_domains_maps = (['.example.org']);
@bypass_virus_checks_maps = (\%bypass_virus_checks, \@bypass_virus_checks_acl, \$bypass_virus_checks_re);
@bypass_spam_checks_maps = (\%bypass_spam_checks, \@bypass_spam_checks_acl, \$bypass_spam_checks_re);
$sa_local_tests_only = 1;
$max_servers = 2;
$virus_admin = undef;
$spam_admin = undef;
$banned_admin = undef;
$final_spam_destiny = D_DISCARD;
CF
  [ -z "${log_file:-}" ] || printf '$DO_SYSLOG = 0;\n$LOGFILE = "%s";\n' "$log_file" >> /etc/amavis/conf.d/50-user
  printf '$log_level = %s;\n1;\n' "$log_level" >> /etc/amavis/conf.d/50-user
  [ -z "${log_file:-}" ] || install -o amavis -g amavis -m 640 /dev/null "$log_file"
  mkdir -p /run/amavis; chown amavis: /run/amavis
  printf 'use_bayes 0\nuse_auto_whitelist 0\nskip_rbl_checks 1\nuse_razor2 0\nuse_pyzor 0\n' >> /etc/spamassassin/local.cf
}
start() {
  clamd_start || return 1
  amavisd foreground > /tmp/amavis.out 2>&1 &
  wait_for 60 listens 10024 || { cat /tmp/amavis.out >&2; return 1; }
}
act() { python3 "$lib/send.py" "$base/sent.jsonl" < "$lib/plan-filters.json"; sleep 8; }
collect() {
  cp /var/log/mail.log "$base/out/"
  [ -z "${log_file:-}" ] || { cp "$log_file" "$base/out/"; chmod 644 "$base/out/"*; }
}
