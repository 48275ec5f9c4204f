# The end of every month looks like this.
title="Invoices of forty suppliers at the end of the month"
what="invoices@ is an alias of clerk. At the end of one month forty suppliers send two or three invoices each within a working day, then three weeks bring a few a day, and at the end of the next month the same suppliers send as many again. Recorded quickly; times spread by lib/shift_time.py."
host=mx1.example.org user=clerk daemons="cron" expect=informational
shift_plan="last:9h weeks:21d now:9h"

setup() { echo 'invoices: clerk' >> /etc/aliases; newaliases; make_pdf "$base/out/invoice.pdf" Invoice; }
act() {
  phase last
  mail_in --from 'billing@supplier%n.example.com' --to invoices@example.org --subject 'Invoice %n' --source '192.0.2.%n' --helo 'mail.supplier%n.example.com' --first 10 --count 40 --attach "$base/out/invoice.pdf"
  mail_in --from 'billing@supplier%n.example.com' --to invoices@example.org --subject 'Delivery note %n' --source '192.0.2.%n' --helo 'mail.supplier%n.example.com' --first 10 --count 40
  mail_in --from 'billing@supplier%n.example.com' --to invoices@example.org --subject 'Statement %n' --source '192.0.2.%n' --helo 'mail.supplier%n.example.com' --first 10 --count 20
  phase weeks
  mail_in --from 'billing@supplier%n.example.com' --to invoices@example.org --subject 'Invoice %n' --source '192.0.2.%n' --helo 'mail.supplier%n.example.com' --first 15 --count 25 --attach "$base/out/invoice.pdf"
  small_talk 15
  phase now
  mail_in --from 'billing@supplier%n.example.com' --to invoices@example.org --subject 'Invoice %n' --source '192.0.2.%n' --helo 'mail.supplier%n.example.com' --first 10 --count 40 --attach "$base/out/invoice.pdf"
  mail_in --from 'billing@supplier%n.example.com' --to invoices@example.org --subject 'Delivery note %n' --source '192.0.2.%n' --helo 'mail.supplier%n.example.com' --first 10 --count 40
  mail_in --from 'billing@supplier%n.example.com' --to invoices@example.org --subject 'Statement %n' --source '192.0.2.%n' --helo 'mail.supplier%n.example.com' --first 10 --count 25
  small_talk 4
}
truth() {
  mail_step invoice 'from=<billing@supplier10.example.com>' 'an invoice'
  mail_step delivered 'to=<clerk@example.org>, orig_to=<invoices@example.org>.*status=sent' 'to the one who pays'
}
