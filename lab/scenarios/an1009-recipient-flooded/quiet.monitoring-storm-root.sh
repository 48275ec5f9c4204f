# An outage: every check mails root.
title="Monitoring storm to root@ from local jobs"
what="During an outage a monitoring script, started by cron as its own system account, hands 150 alerts in two minutes to sendmail for root, an alias of ops. All are submitted locally (pickup, uid of the account); nothing comes from outside."
host=mx1.example.org user=ops daemons="cron sshd" expect=low

setup() {
  echo 'nagios:x:995:995:monitoring:/var/lib/nagios:/usr/sbin/nologin' >> /etc/passwd; echo 'nagios:x:995:' >> /etc/group; echo 'nagios:*:20000:0:99999:7:::' >> /etc/shadow
  mkdir -p "$base/out/bin"
  cat > "$base/out/bin/check-all" <<'P'
#!/bin/sh
# Reports every service that does not answer.
for n in $(seq 1 75); do
  printf 'To: root\nSubject: PROBLEM: host%s/http is CRITICAL\n\nNo answer from host%s.\n' "$n" "$n" | /usr/sbin/sendmail -i -t
done
P
  install_file "$base/out/bin/check-all" /usr/local/lib/monitoring/check-all
  printf 'HOME=/tmp\n* * * * * nagios /usr/local/lib/monitoring/check-all\n' > /etc/cron.d/monitoring; chmod 644 /etc/cron.d/monitoring
}
act() {
  small_talk 4
  wait_log_count 'to=<ops@example.org>, orig_to=<root>.*status=sent' 150 140
  rm /etc/cron.d/monitoring
  small_talk 3
}
truth() {
  log_step run 'CRON.*nagios.*CMD.*check-all' 'cron runs the checks'
  exec_step hand-over 'sendmail -i -t' 'each problem becomes a message'
  mail_step delivered 'to=<ops@example.org>, orig_to=<root>.*status=sent' 'for the administrator'
}
