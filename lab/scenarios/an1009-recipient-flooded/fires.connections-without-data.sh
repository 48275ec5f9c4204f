# The mailbox's name is called again and again, and no message ever comes.
title="Sessions that name one recipient and bring no message"
what="About 420 SMTP sessions from two hundred outside hosts say MAIL and RCPT for buyer within two minutes and hang up before DATA; forty messages for buyer come between them. The log has no recipient for the empty sessions, only what each session did."
host=mx1.example.org user=buyer daemons="cron"

act() {
  small_talk 5
  mail_in --no-data --from 'a%n@example.com' --to buyer@example.org --source '192.0.2.%n' --helo 'host%n.example.com' --first 20 --count 210 --every 0.4 & local one=$!
  mail_in --no-data --from 'b%n@example.net' --to buyer@example.org --source '203.0.113.%n' --helo 'host%n.example.net' --first 20 --count 210 --every 0.4 & local two=$!
  sleep 10
  mail_in --from 'offer%n@example.com' --to buyer@example.org --subject 'Offer %n' --source '192.0.2.%n' --helo 'host%n.example.com' --first 50 --count 40 --every 0.9 & local three=$!
  small_talk 2
  wait $one $two $three
  small_talk 1
}
truth() {
  mail_step session 'disconnect from .*mail=1 rcpt=1' 'a session without a message'
  mail_step delivered 'to=<buyer@example.org>.*status=sent' 'one of the few messages'
}
