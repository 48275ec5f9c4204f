# A list manager multiplies by SMTP what comes in by an alias pipe.
title="List manager mlmmj sends a posting to its outside subscribers"
what="The alias team pipes postings to mlmmj-receive, the real list manager, which local(8) starts as list; mlmmj-send hands each posting by SMTP on loopback to Postfix, for twelve subscribers, eight of them outside. Three postings, one with a document attached; mlmmj-maintd runs from /etc/cron.d."
host=mx1.example.org user=list daemons="cron" expect=informational
postfix_extra="default_privs = list"

setup() {
  local list=/var/spool/mlmmj/team n
  mkdir -p $list/{incoming,queue/discarded,archive,text,subconf,unsubconf,bounce,control,moderation,subscribers.d,digesters.d,requeue,nomailsubs.d}
  echo team@example.org > $list/control/listaddress; echo ops@example.org > $list/control/owner; echo 0 > $list/index; touch $list/control/subonlypost; rm $list/control/subonlypost
  cp -r /usr/share/mlmmj/text.skel/en/. $list/text/
  for n in 1 2 3 4 5 6 7 8; do echo "reader$n@example.net"; done > $list/subscribers.d/r
  printf 'clerk@example.org\nbuyer@example.org\ndev@example.org\nintern@example.org\n' > $list/subscribers.d/h
  chown -R list: /var/spool/mlmmj
  echo 'team: "|/usr/bin/mlmmj-receive -L /var/spool/mlmmj/team/"' >> /etc/aliases; newaliases
  printf 'HOME=/\n* * * * * list /usr/bin/mlmmj-maintd -F -L /var/spool/mlmmj/team\n' > /etc/cron.d/mlmmj; chmod 644 /etc/cron.d/mlmmj
  make_pdf "$base/out/agenda.pdf" Agenda
}
act() {
  small_talk 2
  mail_in --from reader3@example.net --to team@example.org --subject "Question"
  sleep 4
  mail_in --from clerk@example.org --to team@example.org --subject "Agenda" --source 198.51.100.50 --helo desk.example.org --attach "$base/out/agenda.pdf"
  sleep 4
  mail_in --from reader5@example.net --to team@example.org --subject "Re: Question"
  wait_log_count 'to=<reader8@example.net>.*status=sent' 3 40
  small_talk 2
  rm /etc/cron.d/mlmmj
}
truth() {
  exec_step receive 'mlmmj-receive -L' 'local starts the list manager'
  exec_step multiply 'mlmmj-send' 'which sends'
  net_step submit 'mlmmj-send 127.0.0.1:25' 'by SMTP on loopback'
  mail_step sent 'to=<reader8@example.net>.*status=sent' 'to a subscriber outside'
}
