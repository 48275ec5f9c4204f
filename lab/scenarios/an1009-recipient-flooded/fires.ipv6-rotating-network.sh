# A new address for each message; the network stays.
title="Flood from IPv6 addresses that rotate within one /64"
what="180 messages from 180 senders reach intern in about two minutes. Each comes from another address of 2001:db8:99:1::/64, so that no source sends much; a per-source limit sees nothing."
host=mx1.example.org user=intern daemons="cron" syslog_format=iso

act() {
  small_talk 5
  local n
  for n in 1 2 3 4 5 6; do
    mail_in --server 2001:db8:1::10 --from "shop$n-%n@news$n.example.com" --to intern@example.org --subject 'Your order %n' --source '2001:db8:99:1::%n' --helo "out%n.example.com" --first 17 --count 30 --every 3 &
    local pids+=" $!"
    sleep 0.5
  done
  small_talk 3
  wait $pids
  small_talk 1
}
truth() {
  mail_step source 'client=.*2001:db8:99:1::18' 'one of the addresses'
  mail_step delivered 'to=<intern@example.org>.*status=sent' 'delivered'
}
