# A monitoring server that mails problems and recoveries, by itself and by a script.
title="Zabbix mails problems and recoveries"
what="zabbix_server and zabbix_agentd, the real ones, each under the account zabbix, with MariaDB: the server asks the agent every few seconds whether a service's file is there, and when it is gone and back, its alerters speak SMTP to the own Postfix on loopback for the administrators, and start the administrator's alert script /usr/lib/zabbix/alertscripts/call-out, which pipes the text into mail(1) for the provider outside. Two problems, two recoveries."
host=mx1.example.org user=zabbix daemons="cron sshd" expect=informational

. "$lab/lib/database.sh"
setup() {
  local each
  database_up || return 1
  mariadb -e "create database zabbix character set utf8mb4 collate utf8mb4_bin; grant all on zabbix.* to zabbix@localhost identified by 'lab-only'"
  for each in schema images data; do zcat "/usr/share/zabbix-server-mysql/$each.sql.gz" | mariadb zabbix || return 1; done
  mariadb zabbix <<'Q' || return 1
update hosts set status=1 where hostid=10084;
update media_type set status=1;
update media_type set status=0, smtp_server='127.0.0.1', smtp_port=25, smtp_helo='mx1.example.org', smtp_email='zabbix@example.org' where mediatypeid=1;
insert into media_type (mediatypeid,type,name,exec_path,exec_params,status,script,description) values (900,1,'call out','call-out','{ALERT.SENDTO}\n{ALERT.SUBJECT}\n{ALERT.MESSAGE}\n',0,'','');
insert into media_type_message (mediatype_messageid,mediatypeid,eventsource,recovery,subject,message) select mediatype_messageid+9000,900,eventsource,recovery,subject,message from media_type_message where mediatypeid=1;
insert into media (mediaid,userid,mediatypeid,sendto) values (900,1,1,'ops@example.org'),(901,1,900,'care@example.net');
update actions set status=0 where actionid=3;
insert into hosts (hostid,host,name,description,name_upper) values (90001,'mx1','mx1','','MX1');
insert into hosts_groups (hostgroupid,hostid,groupid) values (90001,90001,2);
insert into interface (interfaceid,hostid,main,type,useip,ip,dns,port) values (90001,90001,1,1,1,'127.0.0.1','','10050');
insert into items (itemid,type,hostid,name,key_,delay,value_type,interfaceid,params,description,posts,headers) values (90001,0,90001,'intake','vfs.file.exists[/run/service-up]','3s',3,90001,'','','','');
insert into item_rtdata (itemid) values (90001);
insert into triggers (triggerid,expression,description,priority,comments) values (90001,'{90001}=0','Intake is down on {HOST.NAME}',4,'');
insert into functions (functionid,itemid,triggerid,name,parameter) values (90001,90001,90001,'last','$');
Q
  printf 'AllowUnsupportedDBVersions=1\nLogType=system\nPidFile=/run/zabbix/zabbix_server.pid\nSocketDir=/run/zabbix\nDBHost=localhost\nDBName=zabbix\nDBUser=zabbix\nDBPassword=lab-only\nAlertScriptsPath=/usr/lib/zabbix/alertscripts\nFping6Location=\nStartPollers=1\nStartPingers=0\nStartTrappers=1\nStartDiscoverers=0\nStartHTTPPollers=0\nStartPollersUnreachable=1\nStartAlerters=2\nStartPreprocessors=1\nStartLLDProcessors=1\nStartHistoryPollers=1\nStartODBCPollers=0\nCacheUpdateFrequency=5\n' > /etc/zabbix/zabbix_server.conf
  printf 'LogType=system\nPidFile=/run/zabbix/zabbix_agentd.pid\nServer=127.0.0.1\nListenIP=127.0.0.1\nStartAgents=1\n' > /etc/zabbix/zabbix_agentd.conf
  chmod 640 /etc/zabbix/zabbix_server.conf; chgrp zabbix /etc/zabbix/zabbix_server.conf; mkdir -p /run/zabbix; chown zabbix: /run/zabbix
  printf '#!/bin/sh\nprintf "%%s\\n" "$3" | mail -s "$2" "$1"\n' > "$base/out/call-out"; install_file "$base/out/call-out" /usr/lib/zabbix/alertscripts/call-out
  touch /run/service-up
}
act() {
  daemon_is "$database_pid"
  local each
  for each in zabbix_agentd zabbix_server; do
    (cd / && exec setsid setpriv --reuid zabbix --regid zabbix --init-groups env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "/usr/sbin/$each" --foreground </dev/null >"$base/$each.log" 2>&1) & own_pids+=($!); daemon_is $!
  done
  small_talk 2
  sleep 12; rm /run/service-up
  wait_log_count 'to=<ops@example.org>.*status=sent' 1 40
  touch /run/service-up
  wait_log_count 'from=<zabbix@example.org>' 4 40
  rm /run/service-up; wait_log_count 'to=<care@example.net>.*status=sent' 3 40
  touch /run/service-up; wait_log_count 'to=<care@example.net>.*status=sent' 4 40
  small_talk 2
  for each in zabbix_server zabbix_agentd; do stop_pid "$(cat /run/zabbix/$each.pid)" 15; done # before the database
}
truth() {
  net_step submit 'zabbix_server (127.0.0.1|\[::1\]):25' 'the server mails by itself'
  exec_step script 'call-out care@example.net' 'and starts the alert script'
  exec_step hand-over 'mail -s Problem' 'which pipes into mail(1)'
  mail_step sent 'to=<care@example.net>.*status=sent' 'for the provider'
  exec_step recovery 'mail -s Resolved' 'and when it is over'
}
