# One letter for everybody, and the answers that follow.
title="Company newsletter to all mailboxes and a lively thread after it"
what="The board's letter goes from one sender to all people of the house at once, in one message with seven recipients; in the following minutes two correspondents exchange forty messages with clerk, as on a lively day. Nobody's mailbox is flooded: known senders, one thread."
host=mx1.example.org user=clerk daemons="cron" audit_rules=audit-wide.rules expect=informational
shift_plan="before:2d thread:1h"

act() {
  phase before
  mail_in --from partner@example.com --to clerk@example.org --subject "Plan %n" --source 203.0.113.25 --helo smtp.example.com --count 6
  mail_in --from ops@example.org --to clerk@example.org --subject "Re: Plan %n" --source 198.51.100.50 --helo desk.example.org --count 6
  small_talk 6
  phase thread
  mail_in --from board@example.com --to clerk@example.org --to buyer@example.org --to ops@example.org --to dev@example.org --to intern@example.org --to info@example.org --to sales@example.org --subject "News of the house" --source 203.0.113.25 --helo smtp.example.com
  for i in 1 2 3 4 5; do
    mail_in --from ops@example.org --to clerk@example.org --subject "Re: Plan $i.%n" --source 198.51.100.50 --helo desk.example.org --count 4
    mail_in --from partner@example.com --to clerk@example.org --subject "Re: Re: Plan $i.%n" --source 203.0.113.25 --helo smtp.example.com --count 4
    small_talk 1
  done
  small_talk 2; sleep 2
}
truth() {
  mail_step before 'to=<clerk@example.org>.*status=sent' 'ordinary mail'
  mail_step letter 'from=<board@example.com>.*nrcpt=7' 'the letter for everybody'
  mail_step thread 'from=<partner@example.com>' 'the thread goes on'
}
