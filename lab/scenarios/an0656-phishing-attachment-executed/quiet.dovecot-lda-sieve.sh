# The delivery agent is Dovecot's, with rules of the user's own.
title="dovecot-lda delivers and runs the user's Sieve script"
what="Postfix hands each message to dovecot-lda, which runs the buyer's Sieve script: it files offers into a folder and answers with vacation through sendmail. Mail with a script attached arrives; no program of the message runs."
host=mx1.example.org user=buyer daemons="cron dovecot" audit_rules=audit-wide.rules expect=informational
postfix_extra="mailbox_command = /usr/lib/dovecot/dovecot-lda -f \"\$SENDER\" -a \"\$RECIPIENT\""

setup() {
  sieve_at_delivery
  printf 'require ["fileinto", "vacation"];\nif header :contains "Subject" "Offer" { fileinto "Offers"; }\nvacation :days 7 "I am away until Monday.";\n' > /home/buyer/.dovecot.sieve
  chown buyer: /home/buyer/.dovecot.sieve
  printf '#!/bin/sh\necho report\n' > "$base/out/report.sh"
}
act() {
  small_talk 2
  mail_in --from offers@example.net --to buyer@example.org --subject "Offer 12"
  mail_in --from tools@example.com --to buyer@example.org --subject "The script you asked for" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/report.sh:text/x-shellscript"
  wait_log 'to=<tools@example.com>.*status=sent' 20
  small_talk 2
}
truth() {
  exec_step deliver 'dovecot-lda -f' 'Postfix starts the delivery agent'
  mail_step delivered 'to=<buyer@example.org>.*status=sent' 'the message is delivered'
  mail_step sent 'to=<tools@example.com>.*status=sent' 'the answer goes out'
}
