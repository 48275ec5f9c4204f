# Postfix hands mail for virtual users to Dovecot by LMTP; Sieve files, redirects, answers and discards; people read mail.
title="Dovecot 2.4 LMTP with Sieve, virtual users, its own log file"
root=trixie
into=dovecot/recordings/v24-own-log
log=own
packages="dovecot-core dovecot-lmtpd dovecot-sieve dovecot-imapd dovecot-pop3d dovecot-managesieved"
accounts=virtual
postfix_extra='virtual_mailbox_domains = example.org
virtual_mailbox_maps = inline:{clerk@example.org=x,buyer@example.org=x,dev@example.org=x,ops@example.org=x,intern@example.org=x}
virtual_transport = lmtp:unix:private/dovecot-lmtp'
prepare() { dovecot_config virtual "${log:-syslog}"; sieve_scripts; }
start() { dovecot_start; }
act() {
  python3 "$lib/send.py" "$base/sent.jsonl" < "$lib/plan-dovecot.json"
  wait_log 'to=<home@example.com>'; sleep 1
  readers example.org
}
collect() {
  cp /var/log/mail.log "$base/out/"
  [ "${log:-syslog}" = syslog ] || cp /var/log/dovecot.log "$base/out/"
  find /var/mail/vmail -type f -path '*/new/*' -o -path '*/cur/*' | sed 's#/var/mail/vmail/##' | cut -d/ -f1,3 | sort | uniq -c >&2
}
