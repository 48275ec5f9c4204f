# People who are away let the mail system answer.
title="vacation(1) and Dovecot's Sieve answer for people who are away"
what="clerk's .forward pipes mail into vacation, the real one, which answers each sender once through sendmail; buyer's mail goes through dovecot-lda, whose Sieve script answers by its vacation action, also through sendmail. Six people outside write, some twice."
host=mx1.example.org user=clerk daemons="cron sshd" expect=informational

setup() {
  dovecot_config; printf 'protocol lda {\n  mail_plugins = sieve\n}\nplugin {\n  sieve = file:~/sieve;active=~/.dovecot.sieve\n}\nsendmail_path = /usr/sbin/sendmail\npostmaster_address = postmaster@example.org\n' >> /etc/dovecot/dovecot.conf
  printf 'From: clerk@example.org\nSubject: away\n\nI am away until Monday.\n' > /home/clerk/.vacation.msg
  (cd /home/clerk && setpriv --reuid clerk --regid clerk --clear-groups env -i HOME=/home/clerk USER=clerk LOGNAME=clerk PATH=/usr/bin:/bin vacation -I)
  printf '\\clerk, "|/usr/bin/vacation clerk"\n' > /home/clerk/.forward
  printf '"|/usr/lib/dovecot/dovecot-lda"\n' > /home/buyer/.forward
  printf 'require ["vacation"];\nvacation :days 1 :addresses ["buyer@example.org"] :subject "away" "I am back next week.";\nkeep;\n' > /home/buyer/.dovecot.sieve
  chown -R clerk: /home/clerk; chown -R buyer: /home/buyer; chmod 644 /home/clerk/.forward /home/buyer/.forward
}
act() {
  for who in anna ben carla; do mail_in --from "$who@example.net" --to clerk@example.org --subject "Question of $who"; sleep 1; done
  for who in dora emil fay; do mail_in --from "$who@example.com" --to buyer@example.org --subject "Question of $who"; sleep 1; done
  mail_in --from anna@example.net --to clerk@example.org --subject "Once more"
  mail_in --from dora@example.com --to buyer@example.org --subject "Once more"
  wait_log 'to=<carla@example.net>.*status=sent' 20; wait_log 'to=<fay@example.com>.*status=sent' 20
  small_talk 3
}
truth() {
  exec_step vacation '/usr/bin/vacation clerk' 'vacation is asked'
  mail_step answered 'to=<anna@example.net>.*status=sent' 'and answers'
  mail_step sieve 'to=<fay@example.com>.*status=sent' 'Sieve answers too'
}
