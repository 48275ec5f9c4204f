# A name that nobody has, in a domain that hardly anybody uses: all of them are one person's mail.
title="Flood to invented addresses of a second domain, caught by one mailbox"
what="shop.example.org is a second domain of the organisation whose catch-all hands every address to buyer. 180 messages from as many senders arrive within two minutes for 180 invented names of it; no address gets two. The mail log is in the form of RFC 5424."
host=mx1.example.org user=buyer daemons="cron" store=mbox syslog_format=rfc5424
postfix_extra="virtual_alias_domains = shop.example.org
virtual_alias_maps = inline:{@shop.example.org=buyer@example.org}"

act() {
  small_talk 5
  local part pids=""
  for part in a b c d; do
    for n in 1 2 3 4 5 6 7 8 9; do
      mail_in --from "shop$part$n.%n@example.net" --to "order.$part$n.one@shop.example.org" --subject 'Welcome %n' --source "203.0.113.%n" --helo 'host%n.example.net' --first $((n * 20)) --count 1
      mail_in --from "list$part$n.%n@example.com" --to "order.$part$n.two@shop.example.org" --subject 'Please confirm %n' --source "192.0.2.%n" --helo 'host%n.example.com' --first $((n * 20 + 1)) --count 1
      mail_in --from "news$part$n.%n@example.com" --to "order.$part$n.three@shop.example.org" --subject 'Your account %n' --source "192.0.2.%n" --helo 'host%n.example.com' --first $((n * 20 + 2)) --count 1
      mail_in --from "club$part$n.%n@example.net" --to "order.$part$n.four@shop.example.org" --subject 'Hello %n' --source "203.0.113.%n" --helo 'host%n.example.net' --first $((n * 20 + 3)) --count 1
      mail_in --from "join$part$n.%n@example.net" --to "order.$part$n.five@shop.example.org" --subject 'Hello %n' --source "203.0.113.%n" --helo 'host%n.example.net' --first $((n * 20 + 4)) --count 1
    done & pids+=" $!"
  done
  wait $pids
  small_talk 3
}
truth() {
  mail_step first 'to=<buyer@example.org>, orig_to=<order.a1.one@shop.example.org>.*status=sent' 'an invented address'
  mail_step last 'to=<buyer@example.org>, orig_to=<order.d9.five@shop.example.org>.*status=sent' 'another, the same mailbox'
}
