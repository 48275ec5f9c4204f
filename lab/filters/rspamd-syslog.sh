# Rspamd as Postfix's milter, with its own log file and the actions of its defaults.
title="Rspamd as milter, syslog"
root=/
into=rspamd/recordings/syslog
packages="rspamd"
log=syslog
postfix_extra="$plain_mailboxes
smtpd_milters = inet:127.0.0.1:11332
non_smtpd_milters =
milter_default_action = accept"
prepare() {
  mkdir -p /etc/rspamd/local.d /etc/rspamd/override.d /var/log/rspamd /run/rspamd /var/lib/rspamd
  chown -R _rspamd: /var/log/rspamd /run/rspamd /var/lib/rspamd
  if [ "$log" = file ]; then printf 'type = "file";\nfilename = "/var/log/rspamd/rspamd.log";\nlevel = "info";\n' > /etc/rspamd/local.d/logging.inc
  else printf 'type = "syslog";\nfacility = "mail";\nlevel = "info";\n' > /etc/rspamd/local.d/logging.inc; fi
  printf 'dns {\n  nameserver = ["127.0.0.1"];\n  timeout = 1s;\n  retransmits = 1;\n}\n' > /etc/rspamd/local.d/options.inc
  printf 'milter = yes;\ntimeout = 30s;\nbind_socket = "127.0.0.1:11332";\nupstream "local" {\n  default = yes;\n  self_scan = yes;\n}\n' > /etc/rspamd/local.d/worker-proxy.inc
  # Nothing that asks the world outside.
  for each in rbl surbl fuzzy_check asn phishing url_redirector neural greylist ratelimit replies bayes_expiry dkim_signing arc dcc elastic clickhouse metadata_exporter history_redis; do echo 'enabled = false;' > "/etc/rspamd/local.d/$each.conf"; done
  clamd_prepare
  printf 'clamav {\n  action = "reject";\n  type = "clamav";\n  symbol = "CLAM_VIRUS";\n  servers = "/run/clamav/clamd.ctl";\n  scan_mime_parts = true;\n}\n' > /etc/rspamd/local.d/antivirus.conf
}
start() {
  clamd_start || return 1
  rspamd -u _rspamd -g _rspamd > /tmp/rspamd.out 2>&1
  wait_for 20 listens 11332 || { tail -5 /tmp/rspamd.out /var/log/rspamd/rspamd.log >&2; return 1; }
  sleep 3
}
act() { python3 "$lib/send.py" "$base/sent.jsonl" < "$lib/plan-filters.json"; sleep 2; }
collect() {
  [ "$log" = file ] && { grep -vE '; (cfg|map|lua|monitored); ' /var/log/rspamd/rspamd.log > "$base/out/rspamd.log"; }
  grep -vE 'rspamd\[[0-9]+\]: <[^>]*>; (cfg|map|lua|monitored); ' /var/log/mail.log > "$base/out/mail.log"
}
