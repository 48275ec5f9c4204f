# A subscriber of busy lists, day after day.
title="Subscriber of busy mailing lists with steady traffic"
what="dev is subscribed to three busy lists of lists.example.net: four days with about thirty list messages a day from many authors, all with the list's own envelope sender, and today as many as ever, with a lively hour. Recorded quickly; times spread by lib/shift_time.py."
host=mx1.example.org user=dev daemons="cron" expect=informational
shift_plan="steady:4d lively:2h"

act() {
  phase steady
  for list in kernel build docs build; do
    mail_in --envelope "$list-bounces@lists.example.net" --from 'author%n@example.com' --to dev+lists@example.org --subject "[$list] Re: release %n" --source 203.0.113.40 --helo lists.example.net --header "List-Id: <$list.lists.example.net>" --header 'Precedence: list' --count 30
    small_talk 3
  done
  phase lively
  mail_in --envelope "kernel-bounces@lists.example.net" --from 'author%n@example.com' --to dev+lists@example.org --subject "[kernel] Re: merge window %n" --source 203.0.113.40 --helo lists.example.net --header 'List-Id: <kernel.lists.example.net>' --header 'Precedence: list' --count 25
  small_talk 3
}
truth() {
  mail_step list 'from=<kernel-bounces@lists.example.net>' 'list mail'
  mail_step delivered 'to=<dev.lists@example.org>.*status=sent' 'delivered to the subscriber'
}
