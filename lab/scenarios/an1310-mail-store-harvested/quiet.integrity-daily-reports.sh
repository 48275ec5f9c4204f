# Three packages that read every file of the host to see whether it changed, and mail what did.
title="aide's and tripwire's daily jobs and the samhain daemon read all mail and report by mail"
what="/etc/cron.daily/aide and /etc/cron.daily/tripwire, as their packages ship them, are run by run-parts: dailyaidecheck, under the account _aide with the capability to read everything, compares /home and /etc with its database and mails by s-nail straight to the own server; tripwire compares and speaks SMTP itself to localhost; samhain, a daemon, does the same. The administrator and the provider outside get the names that changed."
host=mx1.example.org user=root daemons="cron" expect=informational

setup() {
  private /var/lib/aide; chown _aide:_aide /var/lib/aide; mkdir -p /run/aide /var/log/aide; chown _aide:adm /run/aide /var/log/aide
  find /etc/aide/aide.conf.d -type f ! -name '10_*' -delete
  printf '/home Full\n/etc/passwd Full\n!/etc\n!/usr\n' > /etc/aide/aide.conf.d/50_lab
  printf 'MAILTO="root"\nFIGLET=no\n' >> /etc/default/aide
  private /var/lib/tripwire; mkdir -p /var/lib/tripwire/report
  rm -f /etc/tripwire/*.key /etc/tripwire/tw.*
  sed -i 's/\$(HOSTNAME)/mx1/g' /etc/tripwire/twcfg.txt
  printf '@@section FS\n( rulename = "Home", severity = 66, emailto = "root@example.org;security@example.net" )\n{\n  /home -> $(ReadOnly) ;\n}\n' > /etc/tripwire/twpol.txt
  (cd /etc/tripwire && twadmin --generate-keys -S site.key -Q lab-only && twadmin --generate-keys -L mx1-local.key -P lab-only && twadmin --create-cfgfile -S site.key -Q lab-only twcfg.txt && twadmin --create-polfile -S site.key -Q lab-only twpol.txt) >/dev/null || return 1
  printf '[Misc]\nDaemon=yes\nChecksumTest=check\nSetLoopTime=20\nSetFileCheckTime=20\nSetMailAddress=root@example.org\nSetMailAddress=security@example.net\nSetMailRelay=localhost\nSetMailNum=10\nSetMailTime=30\nSyslogFacility=LOG_LOCAL2\n[ReadOnly]\ndir=99/home\nfile=/etc/passwd\n[EventSeverity]\nSeverityReadOnly=crit\n[Log]\nMailSeverity=crit\nLogSeverity=none\nSyslogSeverity=none\nPrintSeverity=none\n[EOF]\n' > /etc/samhain/samhainrc
  private /var/lib/samhain; mkdir -p /run/samhain /var/log/samhain /var/state/samhain
  daily_jobs aide tripwire
}
act() {
  small_talk 10
  capsh --caps="cap_dac_read_search,cap_audit_write+eip cap_setpcap,cap_setuid,cap_setgid+ep" --keep=1 --user=_aide --addamb=cap_dac_read_search,cap_audit_write -- -c 'aide --config /etc/aide/aide.conf --init && cp /var/lib/aide/aide.db.new /var/lib/aide/aide.db' >"$base/aide.log" 2>&1 || note "no aide database"
  tripwire --init -P lab-only >"$base/tw.log" 2>&1 || note "no tripwire database"
  samhain -t init >"$base/sam.log" 2>&1 || note "no samhain database"
  (cd / && exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/samhain -t check --foreground </dev/null >"$base/sam2.log" 2>&1) & own_pids+=($!); daemon_is $!
  small_talk 4; touch /home/clerk/note
  nightly
  wait_log_count 'to=<security@example.net>.*status=sent' 2 150
  wait_log_count 'orig_to=<root@*[a-z.]*>.*status=sent' 3 100
  small_talk 2
}
truth() {
  log_step run 'CRON.*run-parts --report /etc/cron.daily' 'cron runs the daily jobs'
  exec_step aide 'dailyaidecheck --crondaily' 'the job of aide starts'
  file_step read 'aide open(at)?:read NORMAL /home/.*Maildir/new/.+' 'aide reads the mail'
  net_step report 's-nail (127.0.0.1|\[::1\]):25' 'and reports by SMTP to the own server'
  exec_step tripwire 'tripwire --check --quiet --email-report' 'the job of tripwire starts'
  mail_step sent 'to=<security@example.net>.*status=sent' 'the reports go to the administrator and the provider'
}
