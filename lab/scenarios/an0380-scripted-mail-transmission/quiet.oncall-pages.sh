title="On-call pages to a gateway of the phone company"
what="A check under systemd's name (a daemon of the nagios kind, started by pid 1) runs every few seconds, and when the disk is full sends a page of one line with mail to 4179@sms.example.com's gateway and to ops; the disk fills twice."
user=nagios daemons="cron sshd" expect=informational
setup() {
  grep -q ^nagios: /etc/passwd || echo 'nagios:x:997:997::/var/lib/nagios:/usr/sbin/nologin' >> /etc/passwd
  grep -q ^nagios: /etc/group || echo 'nagios:x:997:' >> /etc/group
  printf '#!/bin/sh\n# page SUBJECT : the one on duty\necho "$1 $(date +%%H:%%M)" | /usr/bin/mail -s "$1" page4179@example.com ops@example.org\n' > "$base/out/page"; install_file "$base/out/page" /usr/local/lib/monitoring/page
  printf '#!/bin/sh\nfor i in 1 2 3 4 5 6; do\n  df / | tail -1 >/dev/null\n  case $i in 2|5) /usr/local/lib/monitoring/page "PROBLEM disk / mx1" ;; 3|6) /usr/local/lib/monitoring/page "OK disk / mx1" ;; esac\n  sleep 3\ndone\n' > "$base/out/mond"; install_file "$base/out/mond" /usr/local/lib/monitoring/mond
}
act() {
  small_talk 2
  service nagios HOME=/ /usr/local/lib/monitoring/mond
  wait_log_count 'to=<page4179@example.com>.*status=sent' 4 40; small_talk 2
}
truth() {
  exec_step page 'monitoring/page PROBLEM' 'a page'
  mail_step sent 'to=<page4179@example.com>.*status=sent' 'to the gateway'
}
