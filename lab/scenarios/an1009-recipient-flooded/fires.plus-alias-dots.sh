# Many addresses, one mailbox.
title="Flood spread over plus addresses, an alias and a virtual address"
what="160 messages arrive within two minutes for clerk+shop, clerk+news, office (an alias), front.desk and clerk@example.org itself: five addresses, one mailbox, no address alone receives much. Senders and sources change with every message."
host=mx1.example.org user=clerk daemons="cron" audit_format=RAW syslog_format=iso
postfix_extra="virtual_alias_maps = inline:{front.desk@example.org=clerk@example.org}"

setup() { echo 'office: clerk' >> /etc/aliases; newaliases; }
act() {
  small_talk 5
  local n=1 to
  for to in clerk+shop office clerk+news front.desk clerk; do
    mail_in --from 'news%n@example.com' --to "$to@example.org" --subject 'Your account at shop %n' --source '192.0.2.%n' --helo 'host%n.example.com' --first $n --count 32 --every 0.9 & local pids+=" $!"
    n=$((n + 32))
  done
  wait $pids
  small_talk 3
}
truth() {
  mail_step plus 'to=<clerk.shop@example.org>.*status=sent' 'a plus address'
  mail_step alias 'to=<clerk@example.org>, orig_to=<office@example.org>.*status=sent' 'an alias'
  mail_step virtual 'to=<clerk@example.org>, orig_to=<front.desk@example.org>.*status=sent' 'a virtual address'
}
