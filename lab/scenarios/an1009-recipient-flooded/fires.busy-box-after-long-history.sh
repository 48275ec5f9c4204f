title="The busiest box is buried"
what="sales@ (buyer) gets about thirty letters a day from customers, five days long. On the sixth, within three hours, 280 registrations of forums and shops come between the customers' letters, from ever other senders, and one real question about a changed bank account. The log was rotated at midnight."
user=buyer daemons="cron" rotated=1 audit_rules=audit-net.rules
shift_plan="u1:1d u2:1d u3:1d u4:1d u5:1d flood:3h"
act() {
  local d k
  for d in 1 2 3 4 5; do
    phase u$d
    mail_in --from 'customer%n@example.com' --to sales@example.org --subject 'Order %n' --source '192.0.2.%n' --helo 'host%n.example.com' --first $((d * 9)) --count 30
    small_talk 2
  done
  phase flood
  for k in 1 2 3 4 5 6 7; do
    mail_in --from "noreply@forum%n-$k.example.net" --to sales@example.org --subject 'Activate your account' --source '203.0.113.%n' --helo 'host%n.example.net' --first $((k * 20)) --count 40
    mail_in --from 'customer%n@example.com' --to sales@example.org --subject 'Re: order %n' --source '192.0.2.%n' --helo 'host%n.example.com' --first $((k * 5)) --count 2
    [ $k != 5 ] || mail_in --from accounts@partner.example.com --to buyer@example.org --subject 'Bank account changed?' --source 192.0.2.91 --helo host91.example.com
  done
  small_talk 1
}
truth() {
  mail_step usual 'to=<buyer@example.org>, orig_to=<sales@example.org>.*status=sent' 'a customer'
  mail_step first 'from=<noreply@forum20-1.example.net>' 'the first registration'
  mail_step real 'from=<accounts@partner.example.com>' 'a real question'
  mail_step last 'from=<noreply@forum179-7.example.net>' 'the last'
}
