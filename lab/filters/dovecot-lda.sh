# Postfix's local(8) starts dovecot-lda for each message; Sieve is on.
title="Dovecot 2.3 LDA with Sieve, accounts of the system, syslog"
root=/
into=dovecot/recordings/lda
packages="dovecot-core dovecot-sieve"
accounts=system
postfix_extra='mydestination = example.org, $myhostname, localhost
mailbox_command = /usr/lib/dovecot/dovecot-lda -f "$SENDER" -a "$RECIPIENT"'
prepare() { dovecot_config system syslog; sieve_scripts; }
start() { dovecot_start; }
act() { python3 "$lib/send.py" "$base/sent.jsonl" < "$lib/plan-dovecot.json"; wait_log 'to=<home@example.com>'; sleep 1; }
collect() { cp /var/log/mail.log "$base/out/"; find /home -type f -path '*/new/*' -o -path '/home/*/cur/*' | cut -d/ -f3,5 | sort | uniq -c >&2; }
