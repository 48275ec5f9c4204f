# Sendmail with its submission program and submission queue, through syslog. Sourced like exim.sh.
packages="sendmail-bin sasl2-bin"
logs="/var/log/mail.log"
local_mailer="FEATURE(\`local_procmail')"
configure() {
  local mail="$root/etc/mail" loop=""
  rm -rf "$mail"; mkdir -p "$mail" "$root/var/lib/sendmail" "$root/run/sendmail"
  install -d -o 102 -g 102 "$root/run/sendmail/msp"
  install -d -m 700 "$root/var/spool/mqueue"
  install -d -m 770 -o 102 -g 102 "$root/var/spool/mqueue-client"
  chown 0:102 "$root/usr/libexec/sendmail/sendmail"; chmod 2755 "$root/usr/libexec/sendmail/sendmail"
  for each in sendmail newaliases mailq; do ln -sf ../libexec/sendmail/sendmail "$root/usr/sbin/$each"; done
  ln -sf ../sbin/sendmail "$root/usr/lib/sendmail"; ln -sf ../sbin/newaliases "$root/usr/bin/newaliases"
  [ "$name" = mx1 ] && loop="DAEMON_OPTIONS(\`Family=inet, Name=MTA-lo, Port=smtp, Addr=127.0.0.1')"
  printf '%s\n%s\nlocalhost\n' "$domain" "$fqdn" > "$mail/local-host-names"
  printf 'Connect:127 RELAY\nTo:branch.example.test RELAY\nFrom:blocked@example.net REJECT\nConnect:203.0.113.66 ERROR:5.7.1:550 we do not know you\nGreetPause:203.0.113 0\n' > "$mail/access"
  cat > "$mail/sendmail.mc" <<CF
include(\`/usr/share/sendmail/cf/m4/cf.m4')
OSTYPE(\`linux')
define(\`confDOMAIN_NAME', \`$fqdn')
define(\`confLOG_LEVEL', \`${sendmail_log_level:-9}')
define(\`confTO_IDENT', \`0')
define(\`ALIAS_FILE', \`/etc/aliases')
define(\`confPID_FILE', \`/run/sendmail/mta.pid')
define(\`STATUS_FILE', \`/var/lib/sendmail/statistics')
define(\`confHELP_FILE', \`/etc/mail/helpfile')
define(\`confAUTH_MECHANISMS', \`PLAIN')
define(\`confAUTH_OPTIONS', \`A')
define(\`confDONT_BLAME_SENDMAIL', \`GroupReadableSASLDBFile')
TRUST_AUTH_MECH(\`PLAIN')
MASQUERADE_AS(\`$domain')
FEATURE(\`masquerade_envelope')
FEATURE(\`no_default_msa')
FEATURE(\`use_cw_file')
FEATURE(\`access_db', \`hash -T<TMPF> /etc/mail/access')
FEATURE(\`greet_pause', \`0')
DAEMON_OPTIONS(\`Family=inet, Name=MTA-v4, Port=smtp, Addr=$address')
$loop
CLIENT_OPTIONS(\`Family=inet, Address=$address')
$local_mailer
MAILER(\`local')
MAILER(\`smtp')
CF
  cat > "$mail/submit.mc" <<CF
include(\`/usr/share/sendmail/cf/m4/cf.m4')
OSTYPE(\`linux')
define(\`confDOMAIN_NAME', \`$fqdn')
define(\`confTO_IDENT', \`0')
define(\`_USE_DECNET_SYNTAX_', \`1')
define(\`confTIME_ZONE', \`USE_TZ')
define(\`confDONT_INIT_GROUPS', \`True')
define(\`MSP_QUEUE_DIR', \`/var/spool/mqueue-client')
define(\`confPID_FILE', \`/run/sendmail/msp/msp.pid')
define(\`STATUS_FILE', \`/var/lib/sendmail/sm-client.st')
FEATURE(\`msp', \`[127.0.0.1]')
CF
  mkdir -p "$root/usr/lib/sasl2"
  printf 'pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN\n' > "$root/usr/lib/sasl2/Sendmail.conf"
  cat > "$root/run/build" <<CF
cd /etc/mail && m4 sendmail.mc > sendmail.cf && m4 submit.mc > submit.cf && makemap hash access < access && newaliases
echo lab-only | saslpasswd2 -p -c -u $fqdn dev
touch /etc/mail/statistics /var/lib/sendmail/statistics
CF
  chroot "$root" /bin/bash /run/build >/dev/null
}
start() {
  /usr/sbin/sendmail -L sm-mta -bd -q30m
  [ "$fqdn" != mx1.example.test ] || /usr/sbin/sendmail -L sm-msp-queue -Ac -q30m
}
flush='sendmail -q -v >/dev/null; sendmail -Ac -q'
