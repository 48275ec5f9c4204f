# OpenSMTPD through syslog. Sourced like exim.sh. Without TLS, and so without AUTH: Debian 12's build fails in the handshake.
packages=opensmtpd
logs="/var/log/mail.log"
configure() {
  mkdir -p "$root/var/spool/smtpd" "$root/run/opensmtpd" "$root/var/lib/opensmtpd/empty" "$root/etc/mail"
  chmod 711 "$root/var/spool/smtpd"
  chown 0:103 "$root/usr/sbin/smtpctl"; chmod 2555 "$root/usr/sbin/smtpctl"
  ln -sf smtpctl "$root/usr/sbin/sendmail"
  echo "$domain" > "$root/etc/mail/mailname"
  cat > "$root/etc/smtpd.conf" <<CF
table aliases file:/etc/aliases
bounce warn-interval 1h, 4h
listen on $address hostname $fqdn
listen on socket
action "local" mbox alias <aliases>
action "relay" relay src $address helo $fqdn
match from any for domain { "$domain", "$fqdn" } action "local"
match from local for local action "local"
match from local for any action "relay"
match from any for domain "branch.example.test" action "relay"
CF
}
start() { smtpd; }
flush='smtpctl schedule all'
