# A rule of the mailbox itself: the server's Sieve interpreter carries the copies out.
title="Sieve redirect added, dovecot-lda sends all mail to an outside mailbox as well"
what="In a short login as buyer the user's Sieve script gets one more line, redirect :copy to an outside mailbox. From then on dovecot-lda hands each new message to sendmail for 203.0.113.10 and keeps the local copy."
host=mx1.example.org user=buyer daemons="cron sshd"
postfix_extra="mailbox_command = /usr/lib/dovecot/dovecot-lda -f \"\$SENDER\" -a \"\$RECIPIENT\""

setup() {
  sieve_at_delivery
  printf 'require ["fileinto"];\nif header :contains "Subject" "Offer" { fileinto "Offers"; }\n' > /home/buyer/.dovecot.sieve
  chown buyer: /home/buyer/.dovecot.sieve
}
act() {
  small_talk 3
  mail_in --from coach@example.com --to buyer@example.org --subject "Prices" --source 203.0.113.25 --helo smtp.example.com
  sleep 2
  ssh_as buyer <<'L'
cat .dovecot.sieve
printf 'require ["fileinto", "copy"];\nredirect :copy "buyer.copy@example.net";\nif header :contains "Subject" "Offer" { fileinto "Offers"; }\n' > .dovecot.sieve
sievec .dovecot.sieve
L
  for n in 1 2 3 4; do mail_in --from "team$n@example.com" --to buyer@example.org --subject "Plan $n" --source 203.0.113.25 --helo smtp.example.com; sleep 1; done
  wait_log_count 'to=<buyer.copy@example.net>.*status=sent' 4
  small_talk 2
}
truth() {
  file_step rule 'bash open(at)?:write .*\.dovecot\.sieve' 'the rule is written'
  exec_step hand-over 'sendmail .*-f' 'the interpreter hands a copy over'
  mail_step copied 'to=<buyer.copy@example.net>.*status=sent' 'Postfix delivers it outside'
}
