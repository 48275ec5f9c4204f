# Hundreds of sign-up confirmations from hundreds of senders bury one mailbox; one real warning is among them.
title="Subscription bombing of one mailbox with a real warning inside"
what="Within about a minute and a half 260 confirmation messages from 260 senders and addresses arrive for clerk, each accepted and delivered once.
One message in the middle is a real warning of the bank about a changed payee. Other users receive their usual few messages."
host=mx1.example.org user=clerk daemons="cron"

act() {
  small_talk 6
  ( sleep 20; mail_in --from alerts@example.com --to clerk@example.org --subject "A payee was added to your account" --source 203.0.113.25 --helo smtp.example.com --text "If this was not you, call us at once.\n" ) & local warning=$!
  ( sleep 10; small_talk 3; sleep 30; small_talk 3 ) & local usual=$!
  mail_in --from 'noreply@shop%n.example.com' --to clerk@example.org --subject 'Please confirm your subscription' --source '192.0.2.%n' --helo 'host%n.example.com' --first 1 --count 130 --every 0.25 --text 'You asked to receive our news. Confirm here: http://shop%n.example.com/c/%n\n' & local one=$!
  mail_in --from 'bounce-%n@news%n.example.net' --to clerk@example.org --subject 'Welcome to newsletter %n' --source '203.0.113.%n' --helo 'host%n.example.net' --first 90 --count 130 --every 0.3 --text 'Hi,\n\nthanks for signing up!\n' & local two=$!
  wait $one $two $warning $usual
}
truth() {
  mail_step first 'from=<noreply@shop1.example.com>' 'the first confirmation'
  mail_step warning 'from=<alerts@example.com>' 'the one message that matters'
  mail_step last 'from=<bounce-219@news219.example.net>' 'the last one'
}
