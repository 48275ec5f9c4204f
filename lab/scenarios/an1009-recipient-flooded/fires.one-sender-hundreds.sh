# One sender, hundreds of messages in a few minutes, with smtp-source.
title="One sender floods one mailbox"
what="An outside host sends 400 messages from one sender to buyer over parallel SMTP sessions (smtp-source) in about a minute. Mail for others goes on."
host=mx1.example.org user=buyer daemons="cron" store=mbox

act() {
  small_talk 6
  outside smtp-source -s 2 -m 150 -l 900 -M host77.example.net -f promo@example.net -t buyer@example.org -S "Final notice" "inet:$host_ip:25"
  small_talk 3
  outside smtp-source -s 4 -m 250 -l 1400 -M host77.example.net -f promo@example.net -t buyer@example.org -S "Final notice again" "inet:$host_ip:25"
  wait_mail buyer 400 60
  small_talk 3
}
truth() {
  mail_step first 'from=<promo@example.net>' 'the first message'
  mail_step delivered 'to=<buyer@example.org>.*status=sent' 'one of 400 deliveries'
}
