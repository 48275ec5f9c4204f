# The flood is split over two mail exchangers; each sees half.
title="Flood split over two mail exchangers"
what="240 messages of many senders for clerk arrive in two minutes, half of them at mx1, half at mx2, which hands them on to mx1. mx2 logs to mx1 by syslog, so that one mail log holds both hosts. Its deliveries to mx1 are the same messages a second time, under other queue ids and the same message ids."
host=mx1.example.org user=clerk daemons="cron"

setup() { second_mx; }
act() {
  second_mx_start
  small_talk 4
  mail_in --from 'info@list%n.example.com' --to clerk@example.org --subject 'Confirm your address' --source '192.0.2.%n' --helo 'host%n.example.com' --count 120 --every 0.8 & local one=$!
  mail_in --server 198.51.100.11 --from 'hello@club%n.example.net' --to clerk@example.org --subject 'Welcome' --source '203.0.113.%n' --helo 'host%n.example.net' --first 100 --count 120 --every 0.8 & local two=$!
  small_talk 3
  wait $one $two
  second_mx_stop
}
truth() {
  mail_step here 'mx1 .*from=<info@list1.example.com>' 'the first at mx1'
  mail_step there 'mx2 .*from=<hello@club100.example.net>' 'the first at mx2'
  mail_step handed-on 'mx2 .*to=<clerk@example.org>, relay=.*status=sent' 'handed on to mx1'
}
