# The same large attachment until the mailbox is full.
title="The same large attachment until the mailbox is full"
what="From sixty outside senders the same attachment of about 400 kB arrives for intern again and again (60 times) until the mailbox size limit stops delivery and Postfix bounces the rest."
host=mx1.example.org user=intern daemons="cron" store=mbox
postfix_extra="mailbox_size_limit = 15000000
message_size_limit = 5000000"

act() {
  head -c 300000 /dev/urandom > "$base/out/brochure.pdf"
  small_talk 4
  mail_in --from 'media%n@example.com' --to intern@example.org --subject 'Brochure' --source '192.0.2.%n' --helo 'host%n.example.com' --first 11 --count 60 --every 0.4 --attach "$base/out/brochure.pdf:application/pdf"
  wait_log 'to=<intern@example.org>.*status=bounced' 20
  small_talk 3
}
truth() {
  mail_step first 'from=<media11@example.com>' 'the first of them'
  mail_step delivered 'to=<intern@example.org>.*status=sent' 'delivered'
  mail_step full 'to=<intern@example.org>.*status=bounced' 'the mailbox is full'
}
