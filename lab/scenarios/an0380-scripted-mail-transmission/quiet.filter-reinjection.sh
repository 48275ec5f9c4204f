# A content filter daemon takes every message by SMTP on loopback and gives it back by SMTP on loopback.
title="Content filter re-injects all mail over loopback"
what="Postfix passes every message to a filter daemon (account amavis, 127.0.0.1:10024), which looks at it and re-injects it by SMTP to 127.0.0.1:10025. Hundreds of scripted SMTP submissions a day on a real host; here a dozen, some of them to outside recipients."
host=mx1.example.org user=amavis daemons="cron sshd" expect=informational
stand_ins=("/usr/local/sbin/mailguard, a Python SMTP proxy of the laboratory, stands in for amavisd")
postfix_extra="content_filter = smtp:[127.0.0.1]:10024"

setup() {
  echo 'amavis:x:996:996:content filter:/var/lib/amavis:/usr/sbin/nologin' >> /etc/passwd; echo 'amavis:x:996:' >> /etc/group; echo 'amavis:*:20000:0:99999:7:::' >> /etc/shadow
  install_file "$lab/lib/stand-ins/mailguard.py" /usr/local/sbin/mailguard
  printf '127.0.0.1:10025 inet n - n - - smtpd\n  -o content_filter=\n  -o mynetworks=127.0.0.0/8\n  -o smtpd_relay_restrictions=permit_mynetworks,reject\n' >> /etc/postfix/master.cf
}
act() {
  (cd / && exec setpriv --reuid amavis --regid amavis --init-groups env -i PATH=/usr/bin:/bin /usr/bin/python3 /usr/local/sbin/mailguard) & own_pids+=($!); daemon_is $!
  sleep 1
  small_talk 6
  make_pdf "$base/out/plan.pdf" Plan
  mail_in --from team@example.net --to buyer@example.org --to clerk@example.org --subject Plan --attach "$base/out/plan.pdf"
  ssh_as dev <<'L'
echo "here it is" | mail -s "numbers" partner@example.com
L
  wait_log 'to=<partner@example.com>.*relay=smtp.example.com.*status=sent' 20
  small_talk 3
}
truth() {
  mail_step filtered 'relay=127.0.0.1\[127.0.0.1\]:10024.*status=sent' 'a message goes to the filter'
  net_step reinject 'python3.* 127.0.0.1:10025' 'which gives it back'
  mail_step delivered 'relay=local.*status=sent' 'and it is delivered'
}
