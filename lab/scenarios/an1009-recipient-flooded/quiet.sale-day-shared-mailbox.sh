# A shared mailbox on a busy day, much like other busy days before it.
title="Shared sales mailbox on a sale day"
what="sales@ belongs to buyer and gets about ninety messages a day from customers for three days; on the sale day it gets two hundred in nine hours, each from another customer, and some answers go out. Recorded quickly; times spread by lib/shift_time.py."
host=mx1.example.org user=buyer daemons="cron" expect=informational
shift_plan="first:1d second:1d third:1d sale:9h"

act() {
  local n
  for n in first second third; do
    phase $n
    mail_in --from 'customer%n@example.com' --to sales@example.org --subject 'Question about the pump' --source '192.0.2.%n' --helo 'host%n.example.com' --first $((RANDOM % 100 + 1)) --count 90
    small_talk 4
  done
  phase sale
  mail_in --from 'customer%n@example.net' --to sales@example.org --subject 'Order of pumps (%n)' --source '203.0.113.%n' --helo 'host%n.example.net' --first 20 --count 100
  mail_in --from 'customer%n@example.com' --to sales@example.org --subject 'Is the sale still on?' --source '192.0.2.%n' --helo 'host%n.example.com' --first 60 --count 100
  small_talk 4
}
truth() {
  mail_step customer 'from=<customer20@example.net>' 'a customer'
  mail_step delivered 'to=<buyer@example.org>, orig_to=<sales@example.org>.*status=sent' 'to the shared mailbox'
}
