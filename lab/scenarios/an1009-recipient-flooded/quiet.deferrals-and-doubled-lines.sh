# Few messages, many lines.
title="Thirty messages deferred again and again, every log line written twice"
what="buyer's deliveries are deferred (the mail store is away); thirty messages wait, and an administrator asks for a queue run eight times in vain: 240 deferrals of thirty queue ids. Then the store is back and each is delivered once. rsyslog has two rules for the mail log, so that every line stands there twice."
host=mx1.example.org user=buyer daemons="cron" expect=informational
postfix_extra="defer_transports = local"

setup() { printf 'mail.*  -/var/log/mail.log\n' >> /etc/rsyslog.conf; }
act() {
  small_talk 3
  mail_in --from 'partner%n@example.net' --to buyer@example.org --subject 'Plan %n' --source '203.0.113.%n' --helo 'host%n.example.net' --first 20 --count 30
  local n
  for n in 1 2 3 4 5 6 7 8; do postqueue -f; sleep 3; done
  postconf -e 'defer_transports ='; postfix reload >/dev/null 2>&1; sleep 1
  postqueue -f
  wait_log_count 'to=<buyer@example.org>.*status=sent' 30
  small_talk 3
}
truth() {
  mail_step deferred 'to=<buyer@example.org>.*status=deferred' 'a message waits'
  mail_step sent 'to=<buyer@example.org>.*status=sent' 'and is delivered in the end'
}
