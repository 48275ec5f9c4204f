# Two monitors that mail when something breaks, and again when it is well.
title="monit and Nagios mail alerts and recoveries to the administrators"
what="monit, the real one, watches a file and a service of the host and mails ops through 127.0.0.1 when they change; nagios4, the real one, runs check_smtp and check_load every few seconds, and its notification command pipes a text into mail(1) for ops when the own relay's service goes down and comes back. Nothing but texts of a few lines."
host=mx1.example.org user=ops daemons="cron sshd" expect=informational

setup() {
  cat > /etc/monit/monitrc.wp <<'CF'
set daemon 3
set log syslog
set idfile /run/monit.id
set statefile /run/monit.state
set mailserver 127.0.0.1
set mail-format { from: monit@example.org }
set alert ops@example.org
check file watched with path /etc/watched
  if changed checksum then alert
check process missing with pidfile /run/never.pid
  if not exist then alert
CF
  chmod 600 /etc/monit/monitrc.wp; echo one > /etc/watched
  mkdir -p /var/spool/nagios /run/nagios4 /var/log/nagios4 /etc/nagios4/wp; chown nagios: /var/spool/nagios /run/nagios4 /var/log/nagios4
  cat > /etc/nagios4/wp/nagios.cfg <<'CF'
log_file=/var/log/nagios4/nagios.log
cfg_file=/etc/nagios4/wp/objects.cfg
object_cache_file=/run/nagios4/objects.cache
precached_object_file=/run/nagios4/objects.precache
status_file=/run/nagios4/status.dat
temp_file=/run/nagios4/nagios.tmp
temp_path=/tmp
check_result_path=/run/nagios4
command_file=/run/nagios4/nagios.cmd
query_socket=/run/nagios4/nagios.qh
lock_file=/run/nagios4/nagios.pid
state_retention_file=/run/nagios4/retention.dat
nagios_user=nagios
nagios_group=nagios
interval_length=1
enable_notifications=1
check_for_updates=0
use_syslog=1
CF
  cat > /etc/nagios4/wp/objects.cfg <<'CF'
define command {
  command_name notify
  command_line /usr/bin/printf "%b" "***** Nagios *****\n\nService: $SERVICEDESC$\nHost: $HOSTALIAS$\nState: $SERVICESTATE$\n\nInfo:\n$SERVICEOUTPUT$\n" | /usr/bin/mail -s "** $NOTIFICATIONTYPE$: $HOSTALIAS$/$SERVICEDESC$ is $SERVICESTATE$ **" $CONTACTEMAIL$
}
define command {
  command_name smtp
  command_line /usr/lib/nagios/plugins/check_smtp -H $HOSTADDRESS$ -p 25 -t 2
}
define command {
  command_name load
  command_line /usr/lib/nagios/plugins/check_load -w 900,900,900 -c 999,999,999
}
define command {
  command_name watched
  command_line /usr/lib/nagios/plugins/check_file_age -f /run/service-up -w 9000 -c 9999
}
define timeperiod {
  timeperiod_name always
  alias always
  monday 00:00-24:00
  tuesday 00:00-24:00
  wednesday 00:00-24:00
  thursday 00:00-24:00
  friday 00:00-24:00
  saturday 00:00-24:00
  sunday 00:00-24:00
}
define contact {
  contact_name ops
  email ops@example.org
  service_notification_period always
  host_notification_period always
  service_notification_options w,u,c,r
  host_notification_options n
  service_notification_commands notify
  host_notification_commands notify
}
define host {
  host_name mx1
  alias mx1
  address 198.51.100.10
  max_check_attempts 1
  contacts ops
  notification_period always
}
define service {
  host_name mx1
  service_description smtp
  check_command smtp
  max_check_attempts 1
  check_interval 4
  retry_interval 4
  notification_interval 0
  contacts ops
  check_period always
  notification_period always
}
define service {
  host_name mx1
  service_description load
  check_command load
  max_check_attempts 1
  check_interval 4
  retry_interval 4
  contacts ops
  check_period always
  notification_period always
}
define service {
  host_name mx1
  service_description intake
  check_command watched
  max_check_attempts 1
  check_interval 3
  retry_interval 3
  notification_interval 0
  contacts ops
  check_period always
  notification_period always
}
CF
  touch /run/service-up
}
act() {
  (cd / && exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/bin/monit -I -c /etc/monit/monitrc.wp </dev/null >/dev/null 2>&1) & own_pids+=($!); daemon_is $!
  (cd / && exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/nagios4 /etc/nagios4/wp/nagios.cfg </dev/null >/dev/null 2>&1) & own_pids+=($!); daemon_is $!
  small_talk 2
  sleep 6; echo two > /etc/watched; rm /run/service-up
  wait_log_count 'from=<monit@example.org>' 2 30
  sleep 8; touch /run/service-up
  wait_log_count 'to=<ops@example.org>.*status=sent' 5 40
  small_talk 2
}
truth() {
  exec_step check '/usr/lib/nagios/plugins/check_smtp' 'a service is checked'
  mail_step monit 'from=<monit@example.org>' 'monit mails'
  exec_step notify 'mail -s .*PROBLEM' 'Nagios mails a problem'
  exec_step recovery 'mail -s .*RECOVERY' 'and its end'
  mail_step sent 'to=<ops@example.org>.*status=sent' 'to the administrators'
}
