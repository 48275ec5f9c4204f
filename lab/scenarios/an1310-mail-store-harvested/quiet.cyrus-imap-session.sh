# A mail store that belongs to one account of the mail system: Cyrus.
title="Cyrus stores all mail under its own account, IMAP clients read it"
what="Postfix hands mail to Cyrus by LMTP on loopback; lmtpd, as cyrus, stores it below /var/spool/cyrus, and imapd, as cyrus too, reads everybody's messages and sends them to clients on two machines of the network. master runs its own upkeep, and the daily job of the package packs the list of mailboxes."
host=mx1.example.org user=clerk daemons="cron sshd" expect=informational
postfix_extra="mailbox_transport = lmtp:inet:127.0.0.1:2003"
audit_extra="-a always,exit -F arch=b64 -S open,openat,openat2,creat -F success=1 -F dir=/var/spool/cyrus -F key=mailstore"

setup() {
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
  daily_jobs cyrus-imapd
}
act() {
  (cd / && exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/cyrus master </dev/null >"$base/cyrus.log" 2>&1) & own_pids+=($!); daemon_is $!
  wait_for 20 sh -c "ss -Hltn 'sport = :143' | grep -q ." || note "no imapd"
  small_talk 6
  for n in 1 2 3; do mail_in --from "office$n@example.net" --to clerk@example.org --to buyer@example.org --subject "Circular $n"; done
  wait_log_count 'to=<buyer@example.org>.*status=sent' 3 30
  imap_read clerk 198.51.100.50; imap_read buyer 198.51.100.30
  nightly
  small_talk 1
  imap_read clerk 198.51.100.50
  wait_file /var/backups/cyrus-mboxlist.txt.gz 75
  sleep 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*relay=127.0.0.1\[127.0.0.1\]:2003.*status=sent' 'mail is handed over by LMTP'
  file_step stored 'lmtpd open(at)?:write .*/var/spool/cyrus/' 'lmtpd stores it'
  file_step read 'imapd open(at)?:read NORMAL .*/var/spool/cyrus/mail/.*[0-9]+\.' 'imapd reads it'
}
