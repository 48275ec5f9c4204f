# The victim's address is in no envelope of the sender: a list of the own server multiplies.
title="Flood through two local lists that the victim is a member of"
what="130 messages from many outside senders go to all-staff@ and to team@, two lists kept in /etc/aliases. Postfix expands them; buyer is in both and gets each message, the other members leave the lists' mail to a shared folder."
host=mx1.example.org user=buyer daemons="cron" store=mbox

setup() { printf 'all-staff: buyer, staff-archive\nteam: buyer\nstaff-archive: /var/mail/staff-archive\n' >> /etc/aliases; newaliases; }
act() {
  small_talk 5
  mail_in --from 'person%n@example.com' --to all-staff@example.org --subject 'Question %n' --source '192.0.2.%n' --helo 'host%n.example.com' --first 1 --count 65 --every 1 & local one=$!
  mail_in --from 'someone%n@example.net' --to team@example.org --subject 'Hello %n' --source '203.0.113.%n' --helo 'host%n.example.net' --first 100 --count 65 --every 1 & local two=$!
  small_talk 3
  wait $one $two
  small_talk 2
}
truth() {
  mail_step list 'to=<buyer@example.org>, orig_to=<all-staff@example.org>.*status=sent' 'by the first list'
  mail_step team 'to=<buyer@example.org>, orig_to=<team@example.org>.*status=sent' 'and by the second'
}
