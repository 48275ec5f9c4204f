# A monitoring job knocks at the mail servers and sends nothing.
title="Monitoring job checks SMTP and its certificate"
what="A script in /usr/local/lib, run by cron as ops, checks the own relay every minute: nc reads the banner of port 25, openssl s_client asks for the certificate by STARTTLS on port 587, and says goodbye. No message is sent."
host=ws3.example.org user=ops daemons="cron" expect=informational

setup() {
  cat > "$base/out/check-smtp" <<'P'
#!/bin/sh
printf 'QUIT\r\n' | nc -w 3 relay.example.org 25 | grep -q '^220' || echo "relay.example.org: no banner"
printf 'QUIT\r\n' | openssl s_client -starttls smtp -connect relay.example.org:587 2>/dev/null | openssl x509 -noout -checkend 86400 >/dev/null || logger "relay.example.org: certificate ends"
P
  install_file "$base/out/check-smtp" /usr/local/lib/checks/check-smtp
  printf 'MAILTO=""\n* * * * * ops /usr/local/lib/checks/check-smtp\n' > /etc/cron.d/checks; chmod 644 /etc/cron.d/checks
}
act() {
  small_talk 2
  for _ in $(seq 1 260); do [ "$(grep -c 'CMD.*check-smtp' /var/log/recorded)" -ge 2 ] && break; sleep 0.5; done
  sleep 4
  small_talk 1
}
truth() {
  log_step job 'CRON.*CMD.*check-smtp' 'cron starts the check'
  net_step banner 'nc.* 198.51.100.20:25' 'the banner is read'
  net_step certificate 'openssl 198.51.100.20:587' 'the certificate is asked for'
}
