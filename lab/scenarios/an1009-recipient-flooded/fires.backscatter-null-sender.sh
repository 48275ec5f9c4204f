# Bounces for mail the victim never sent.
title="Backscatter: bounces from everywhere for mail never sent"
what="220 non-delivery reports with the empty sender arrive for buyer from two hundred hosts in about a minute and a half, answers to mail that somebody else sent in the buyer's name. The host itself sent nothing to these places."
host=mx1.example.org user=buyer daemons="cron"

act() {
  small_talk 5
  mail_in --from 'MAILER-DAEMON@host%n.example.com' --envelope '<>' --to buyer@example.org --subject 'Undelivered Mail Returned to Sender' --source '192.0.2.%n' --helo 'host%n.example.com' --first 5 --count 110 --every 0.5 --header 'Auto-Submitted: auto-replied' --text 'The following address failed: person%n@host%n.example.com' & local one=$!
  mail_in --from 'postmaster@host%n.example.net' --envelope '<>' --to buyer@example.org --subject 'Mail delivery failed' --source '203.0.113.%n' --helo 'host%n.example.net' --first 100 --count 110 --every 0.6 --header 'Auto-Submitted: auto-replied' & local two=$!
  small_talk 3
  wait $one $two
}
truth() {
  mail_step first 'from=<>' 'the first report'
  mail_step delivered 'to=<buyer@example.org>.*status=sent' 'delivered'
}
