# Cyrus IMAP on the recorded host: LMTP on 127.0.0.1:2003, IMAP on 143, one password of the laboratory. Sourced by scenarios.

cyrus() {
  laid_over cyrus-common cyrus-imapd libical3 libpcre3 libzephyr4 db5.3-util db-util sasl2-bin || return 1
  echo 'cyrus:x:978:8:Cyrus Mailsystem User:/var/spool/cyrus:/bin/sh' >> /etc/passwd; echo 'cyrus:!:20000::::::' >> /etc/shadow
  private /var/lib/cyrus; mkdir -p /var/spool/cyrus/mail /var/spool/sieve /run/cyrus/socket /run/cyrus/proc /run/cyrus/lock; chown -R cyrus:mail /var/lib/cyrus /var/spool/cyrus /var/spool/sieve /run/cyrus
  sed -i 's/listen="imap" /listen="0.0.0.0:143" /; /^\t*\(pop3\|nntp\|http\|sieve\)[^_]/d; s@^\tlmtpunix.*@\tlmtp cmd="lmtpd -a" listen="127.0.0.1:2003" prefork=0@' /etc/cyrus.conf
  sed -i '/^\s*\(sieve\|pop3\|nntp\|http\)\s/d' /etc/cyrus.conf
  printf 'autocreate_post: yes\nautocreate_quota: 1000000\nadmins: cyrus\nservername: mx1.example.org\ndefaultdomain: example.org\nsasl_mech_list: PLAIN\nsasl_auxprop_plugin: sasldb\nvirtdomains: off\n' >> /etc/imapd.conf
  sed -i '/^autocreate_quota: 0/d' /etc/imapd.conf
  local name realm
  for name in clerk buyer ops dev intern; do for realm in mx1.example.org example.org; do echo lab-only | saslpasswd2 -p -c -u $realm $name; done; done
  chown cyrus:mail /etc/sasldb2; chmod 640 /etc/sasldb2
  (cd / && setpriv --reuid cyrus --regid mail --clear-groups env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/cyrus makedirs) >"$base/makedirs.log" 2>&1
  cp /etc/cyrus.conf "$base/cyrus-conf.log"
}
cyrus_up() {
  (cd / && exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/cyrus master </dev/null >"$base/cyrus.log" 2>&1) & own_pids+=($!); daemon_is $!
  wait_for 20 sh -c "ss -Hltn 'sport = :143' | grep -q ." || note "no imapd"
}
