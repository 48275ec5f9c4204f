# The ordinary reader of a mail store, of another make: Courier, with maildrop delivering.
title="IMAP clients read their mail through Courier, maildrop delivers"
what="Postfix gives mail to maildrop, which files it in the users' Maildirs; clerk and buyer read them with IMAP clients on two machines of the network: couriertcpd starts imaplogin, authdaemond asks PAM, and imapd, running as those users, reads every message and sends it to the client. clerk's Maildir gets a quota and buyer's is listed by an administrator."
host=mx1.example.org user=clerk daemons="cron sshd" audit_rules=audit-wide.rules expect=informational
postfix_extra="mailbox_command = /usr/bin/maildrop"

setup() {
  laid_over courier-base courier-imap courier-authlib courier-authdaemon libcourier-unicode4 libpcre3 gamin libgamin0 maildrop || return 1
  echo 'courier:x:977:977:courier:/var/lib/courier:/usr/sbin/nologin' >> /etc/passwd; echo 'courier:x:977:' >> /etc/group; echo 'courier:!:20000::::::' >> /etc/shadow
  echo 'daemon:x:1:' > /dev/null
  mkdir -p /run/courier/authdaemon; chown courier:courier /run/courier /run/courier/authdaemon; chmod 750 /run/courier/authdaemon
  mkdir -p /etc/courier/imapaccess; echo '*	allow' > /etc/courier/imapaccess/default; chown -R root:courier /etc/courier; chmod 750 /etc/courier/imapaccess
  sed -i 's/^authmodulelist=.*/authmodulelist="authpam"/' /etc/courier/authdaemonrc
  for name in clerk buyer; do echo "$name:lab-only" | chpasswd; done
  printf 'DEFAULT="$HOME/Maildir/"\n' > /etc/maildroprc
}
act() {
  (cd / && env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/authdaemond start </dev/null >"$base/auth.log" 2>&1); wait_for 10 test -s /run/courier/authdaemon/pid && daemon_is "$(cat /run/courier/authdaemon/pid)"
  (cd / && env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/imapd start </dev/null >"$base/imapd.log" 2>&1); wait_for 10 test -s /run/courier/imapd.pid && daemon_is "$(cat /run/courier/imapd.pid)"
  wait_for 10 sh -c "ss -Hltn 'sport = :143' | grep -q ." || note "no imapd"
  small_talk 6
  for n in 1 2 3; do mail_in --from "office$n@example.net" --to clerk@example.org --to buyer@example.org --subject "Circular $n"; done
  wait_mail clerk 3; wait_mail buyer 3; sleep 1
  imap_read clerk 198.51.100.50; imap_read buyer 198.51.100.30
  ssh_as root <<'L'
cd /
ls /home/buyer/Maildir/new | head -2
L
  small_talk 1
  imap_read clerk 198.51.100.50
  sleep 1
  /usr/sbin/imapd stop; /usr/sbin/authdaemond stop
}
truth() {
  exec_step deliver 'maildrop' 'maildrop delivers'
  mail_step delivered 'to=<clerk@example.org>.*status=sent' 'into the Maildir'
  exec_step serve '/usr/bin/imapd Maildir|imapd .*Maildir' 'a client logs in'
  file_step read 'imapd open(at)?:read NORMAL .*/(cur|new)/' 'imapd reads the store'
}
