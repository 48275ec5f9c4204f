# SpamAssassin's spamd, asked by spamc in a pipe(8) filter that hands mail back to sendmail.
title="spamd asked by spamc, its own log file"
root=/
into=spamassassin/recordings/own-log
log_file=/var/log/spamd.log
packages="spamd spamassassin"
postfix_extra="$plain_mailboxes"
master_extra='spamfilter unix - n n - 2 pipe
  flags=Rq user=filter argv=/usr/local/sbin/spamfilter -f ${sender} -- ${recipient}'
prepare() {
  echo 'filter:x:2990:2990::/var/spool/filter:/usr/sbin/nologin' >> /etc/passwd; echo 'filter:x:2990:' >> /etc/group
  mkdir -p /var/spool/filter /usr/local/sbin; chown filter: /var/spool/filter
  printf '#!/bin/sh\n/usr/bin/spamc -u filter | /usr/sbin/sendmail -i "$@"\n' > /run/spamfilter; chmod 755 /run/spamfilter
  master_fix=1
  sed -i 's#/usr/local/sbin/spamfilter#/run/spamfilter#' /etc/postfix/master.cf
  postconf -P 'smtp/inet/content_filter = spamfilter:dummy'
  printf 'use_bayes 0\nskip_rbl_checks 1\nuse_razor2 0\nuse_pyzor 0\ndns_available no\n' >> /etc/spamassassin/local.cf
}
start() {
  if [ -n "${log_file:-}" ]; then spamd -d -L -m 2 -r /run/spamd.pid -s "$log_file" > /tmp/spamd.out 2>&1
  else spamd -d -L -m 2 -r /run/spamd.pid > /tmp/spamd.out 2>&1; fi
  wait_for 60 listens 783 || { cat /tmp/spamd.out >&2; return 1; }
}
act() { python3 "$lib/send.py" "$base/sent.jsonl" < "$lib/plan-filters.json"; sleep 4; }
collect() {
  cp /var/log/mail.log "$base/out/"
  [ -z "${log_file:-}" ] || cp "$log_file" "$base/out/"
}
