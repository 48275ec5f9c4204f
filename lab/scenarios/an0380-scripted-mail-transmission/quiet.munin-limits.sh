# A monitor that draws graphs, and mails when a value leaves its limits and when it is back.
title="Munin mails warnings and recoveries from its own job"
what="/etc/cron.d/munin, of the package munin, runs munin-cron as munin: munin-update asks munin-node on 127.0.0.1, munin-limits compares and pipes a few lines into the contact's command, mail(1), for ops. The file systems and the mail queue are outside of their limits at first; an administrator mends the limits and they are well again."
host=mx1.example.org user=munin daemons="cron sshd" expect=informational

limits() { # LINE...
  { printf 'includedir /etc/munin/munin-conf.d\ngraph_strategy cgi\nhtml_strategy cgi\n'
    printf 'contact.ops.command mail -s "Munin ${var:group} :: ${var:host} :: ${var:graph_title}" ops@example.org\n[example.org;mx1.example.org]\n    address 127.0.0.1\n    use_node_name yes\n'
    printf '    %s\n' "$@"; } > /etc/munin/munin.conf
}
setup() {
  owned_by munin /var/lib/munin /var/cache/munin /run/munin /var/log/munin /var/lib/munin-node
  rm -f /etc/munin/plugins/*
  ln -s /usr/share/munin/plugins/{load,users,uptime,postfix_mailqueue} /etc/munin/plugins/
  sed -i 's/^host_name.*//' /etc/munin/munin-node.conf; echo 'host_name mx1.example.org' >> /etc/munin/munin-node.conf
  limits 'load.load.warning 500:900' 'users.pts.critical 3:9' 'uptime.uptime.warning :0.0001'
  packaged_job munin 's@^\*/5 @* @'
}
act() {
  (cd / && exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/munin-node --foreground </dev/null >/dev/null 2>&1) & own_pids+=($!); daemon_is $!
  small_talk 2
  wait_log_count 'to=<ops@example.org>.*status=sent' 3 150
  limits 'load.load.warning 0:900' 'users.pts.critical 0:9' 'uptime.uptime.warning :90000'
  small_talk 1
  wait_log_count 'from=<munin@example.org>' 6 100
  small_talk 2
  rm /etc/cron.d/munin
}
truth() {
  exec_step job 'munin-cron' 'the job of the package starts'
  exec_step compare 'munin-limits' 'the limits are compared'
  exec_step hand-over 'mail -s Munin' 'its contact command mails'
  mail_step sent 'to=<ops@example.org>.*status=sent' 'the administrators'
}
