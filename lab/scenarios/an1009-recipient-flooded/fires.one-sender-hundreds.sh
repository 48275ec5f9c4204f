# One sender, hundreds of messages in a few minutes, with smtp-source.
title="One sender floods one mailbox"
what="An outside host sends 400 messages from one sender to buyer over parallel SMTP sessions (smtp-source) in less than two minutes. Mail for others goes on."
host=mx1.example.org user=buyer daemons="cron" store=mbox

act() {
  small_talk 6
  local n pids=""
  for n in 1 2 3 4; do # -w 1: each of the four waits a second between messages
    outside smtp-source -w 1 -m 100 -l $((700 + n * 200)) -M host77.example.net -f promo@example.net -t buyer@example.org -S "Final notice" "inet:$host_ip:25" & pids+=" $!"
    sleep 0.3
  done
  sleep 40; small_talk 3
  wait $pids
  wait_mail buyer 400 60
  small_talk 3
}
truth() {
  mail_step first 'from=<promo@example.net>' 'the first message'
  mail_step delivered 'to=<buyer@example.org>.*status=sent' 'one of 400 deliveries'
}
