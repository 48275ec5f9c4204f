# Postfix hands mail for accounts of the system to Dovecot by LMTP, without Sieve; Dovecot calls users by their bare names.
title="Dovecot 2.3 LMTP without Sieve, accounts of the system, mail_log on, syslog"
root=/
into=dovecot/recordings/accounts
packages="dovecot-core dovecot-lmtpd dovecot-imapd dovecot-pop3d"
accounts=system
mail_plugins='notify mail_log' lmtp_plugins='' plugin_extra='mail_log_events = delete undelete expunge copy mailbox_delete mailbox_rename save
  mail_log_fields = uid box msgid size'
postfix_extra='mydestination = example.org, $myhostname, localhost
mailbox_transport = lmtp:unix:private/dovecot-lmtp'
prepare() { dovecot_config system syslog; }
start() { dovecot_start; }
act() {
  python3 "$lib/send.py" "$base/sent.jsonl" < "$lib/plan-short.json"
  sleep 1
  readers ""
}
collect() { cp /var/log/mail.log "$base/out/"; find /home -type f -path '*/new/*' -o -path '/home/*/cur/*' | cut -d/ -f3,5 | sort | uniq -c >&2; }
