# OpenDKIM and OpenDMARC as milters and policyd-spf as policy service: who may write in whose name.
title="OpenDKIM, OpenDMARC and policyd-spf on one host, syslog"
root=/
into=opendmarc/recordings/with-opendkim-and-spf
packages="opendkim opendmarc postfix-policyd-spf-python"
postfix_extra="$plain_mailboxes
smtpd_milters = unix:/run/opendkim/opendkim.sock, unix:/run/opendmarc/opendmarc.sock
milter_default_action = accept
policyd-spf_time_limit = 3600
smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination, check_policy_service unix:private/policyd-spf"
master_extra='policyd-spf unix - n n - 0 spawn
  user=policyd-spf argv=/usr/bin/policyd-spf'
prepare() {
  mkdir -p /run/opendkim /run/opendmarc /run/filters-names /etc/dkimkeys
  chown opendkim: /run/opendkim; chown opendmarc: /run/opendmarc
  opendkim-genkey -b 2048 -d example.net -s lab -D /etc/dkimkeys; chown opendkim: /etc/dkimkeys/*
  python3 - <<'P'
import json, re
record = ''.join(re.findall(r'"([^"]*)"', open('/etc/dkimkeys/lab.txt').read()))
json.dump({'lab._domainkey.example.net': record}, open('/run/filters-names/dkim.json', 'w'))
P
  # One instance verifies what comes in; another, with the world's key, signs what the world sends.
  printf 'Syslog yes\nSyslogSuccess yes\nLogResults yes\nLogWhy no\nMode v\nSocket local:/run/opendkim/opendkim.sock\nUserID opendkim\nUMask 000\nNameservers 127.0.0.1\nInternalHosts refile:/etc/opendkim.hosts\nAlwaysAddARHeader yes\nOn-BadSignature accept\n' > /etc/opendkim.conf
  echo 127.0.0.1 > /etc/opendkim.hosts
  printf 'Syslog true\nSyslogFacility mail\nSocket local:/run/opendmarc/opendmarc.sock\nUserID opendmarc\nUMask 000\nRejectFailures %s\nSPFIgnoreResults false\nSPFSelfValidate true\nAuthservID mx1.example.org\nTrustedAuthservIDs mx1.example.org\nIgnoreAuthenticatedClients true\nFailureReports false\nHistoryFile /run/opendmarc/history\n' "${reject_dmarc:-true}" > /etc/opendmarc.conf
  printf 'debugLevel = 1\nTestOnly = 1\nHELO_reject = Fail\nMail_From_reject = %s\nPermError_reject = False\nTempError_Defer = False\nskip_addresses = 127.0.0.0/8\n' "${reject_spf:-False}" > /etc/postfix-policyd-spf-python/policyd-spf.conf
}
start() {
  opendkim -x /etc/opendkim.conf && opendmarc -c /etc/opendmarc.conf || return 1
  wait_for 10 test -S /run/opendkim/opendkim.sock && wait_for 10 test -S /run/opendmarc/opendmarc.sock
}
act() {
  python3 "$lib/send.py" "$base/sent.jsonl" --dkim-key /etc/dkimkeys/lab.private < "$lib/plan-auth.json"
  sleep 1
}
collect() { cp /var/log/mail.log "$base/out/"; }
