# One list, one hot topic.
title="A hot topic on one mailing list, two hundred messages in a day"
what="dev is on one list of lists.example.net that brings a dozen messages a day. On a day with a hot topic it brings two hundred from thirty authors, all with the list's envelope sender, its List-Id and its own server. Recorded quickly; times spread by lib/shift_time.py."
host=mx1.example.org user=dev daemons="cron" audit_rules=audit-wide.rules syslog_format=iso expect=informational
shift_plan="usual:3d hot:8h"

act() {
  local n
  phase usual
  mail_in --envelope dev-bounces@lists.example.net --from 'author%n@example.com' --to dev@example.org --subject '[dev] Re: patch %n' --source 203.0.113.40 --helo lists.example.net --header 'List-Id: <dev.lists.example.net>' --header 'Precedence: list' --count 36
  small_talk 4
  phase hot
  for n in 1 2 3 4 5 6 7; do
    mail_in --envelope dev-bounces@lists.example.net --from 'author%n@example.com' --to dev@example.org --subject "[dev] Re: Re: licence $n" --source 203.0.113.40 --helo lists.example.net --header 'List-Id: <dev.lists.example.net>' --header 'Precedence: list' --count 29
    small_talk 1
  done
  sleep 2
}
truth() {
  mail_step list 'from=<dev-bounces@lists.example.net>' 'list mail'
  mail_step delivered 'to=<dev@example.org>.*status=sent' 'delivered to the subscriber'
}
