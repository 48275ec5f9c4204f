# The usual content filter of a mail server, with its virus scanner, its spam rules and its unpackers.
title="Amavis with ClamAV and SpamAssassin unpacks and re-injects all mail over loopback"
what="Postfix passes every message to amavisd, the real one (account amavis, 127.0.0.1:10024), which unpacks its parts below /var/lib/amavis/tmp, an archive with a program and a script among them, asks clamd, judges by SpamAssassin's rules and re-injects by SMTP to 127.0.0.1:10025. A message with clamd's test signature is kept back and the administrators are told. spamassassin's own daily job stays aside."
host=mx1.example.org user=amavis daemons="cron sshd" expect=informational
postfix_extra="content_filter = smtp-amavis:[127.0.0.1]:10024"

setup() {
  private /var/lib/clamav; chown clamav: /var/lib/clamav
  printf 'Watchpost.Test.Marker:0:*:%s\n' "$(printf 'WATCHPOST FILTER TEST 7f3a91c2' | od -An -tx1 | tr -d ' \n')" > /var/lib/clamav/lab.ndb
  chown clamav: /var/lib/clamav/lab.ndb
  mkdir -p /run/clamav; chown clamav: /run/clamav; mkdir -p /var/log/clamav; chown clamav: /var/log/clamav
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
$virus_admin = 'ops@example.org';
$mailfrom_notify_admin = 'postmaster@example.org';
$final_banned_destiny = D_PASS;
$log_level = 0;
1;
CF
  private /var/lib/amavis; mkdir -p /var/lib/amavis/{tmp,db,virusmails,.spamassassin} /run/amavis; chown -R amavis: /var/lib/amavis /run/amavis; chmod 750 /var/lib/amavis; chmod 770 /var/lib/amavis/tmp
  printf 'use_bayes 0\nskip_rbl_checks 1\n' >> /etc/spamassassin/local.cf
  printf 'smtp-amavis unix - - n - 2 smtp\n  -o smtp_send_xforward_command=yes\n127.0.0.1:10025 inet n - n - - smtpd\n  -o content_filter=\n  -o mynetworks=127.0.0.0/8\n  -o smtpd_relay_restrictions=permit_mynetworks,reject\n' > "$base/out/master"
  postfix_master_extra
  mkdir -p "$base/out/kit"; cc -O1 -o "$base/out/kit/setup" "$lab/lib/stand-ins/beacon.c"; printf '#!/bin/sh\necho install\n' > "$base/out/kit/install.sh"; chmod 755 "$base/out/kit/install.sh"
  (cd "$base/out" && zip -q -r printer-kit.zip kit && tar czf printer-kit.tar.gz kit)
  printf 'WATCHPOST FILTER TEST 7f3a91c2\n' > "$base/out/bad.txt"
  make_pdf "$base/out/plan.pdf" Plan
}
postfix_master_extra() { cat "$base/out/master" >> /etc/postfix/master.cf; }
act() {
  (cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/clamd --foreground=true </dev/null >/dev/null 2>&1) & own_pids+=($!); daemon_is $!
  (cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/amavisd foreground </dev/null >"$base/amavis.out" 2>&1) & own_pids+=($!); daemon_is $!
  wait_for 60 sh -c "ss -Hltn 'sport = :10024' | grep -q ." || note "no amavis"
  wait_for 30 test -S /run/clamav/clamd.ctl || note "no clamd"
  small_talk 3
  mail_in --from support@example.net --to dev@example.org --subject "Printer kit" --attach "$base/out/printer-kit.zip:application/zip"
  mail_in --from support@example.net --to clerk@example.org --subject "Printer kit" --attach "$base/out/printer-kit.tar.gz:application/gzip"
  mail_in --from team@example.net --to buyer@example.org --to clerk@example.org --subject Plan --attach "$base/out/plan.pdf"
  mail_in --from odd@example.com --to buyer@example.org --subject Notes --attach "$base/out/bad.txt"
  ssh_as dev <<'L'
echo "here it is" | mail -s "numbers" partner@example.com
L
  wait_log 'to=<partner@example.com>.*relay=smtp.example.com.*status=sent' 30
  wait_mail dev 1 30; wait_mail clerk 2 30
  small_talk 2
  sleep 3
}
truth() {
  mail_step filtered 'relay=127.0.0.1\[127.0.0.1\]:10024.*status=sent' 'a message goes to the filter'
  net_step reinject 'perl.* 127.0.0.1:10025' 'which gives it back'
  mail_step delivered 'relay=local.*status=sent' 'and it is delivered'
  mail_step outside 'to=<partner@example.com>.*relay=smtp.example.com.*status=sent' 'what people write goes out through it as well'
}
