# A list gives each message a sender of its own (VERP), so that none has been seen before.
title="List with a bounce address for each message delivers a backlog"
what="dev is subscribed to one busy list of lists.example.net that gives each message an envelope sender of its own, with the subscriber's address in it: five days with sixteen messages a day, then ninety-five within minutes, kept during a repair of the list's server. Recorded quickly; times spread by lib/shift_time.py."
host=mx1.example.org user=dev daemons="cron" expect=informational
shift_plan="day1:1d day2:1d day3:1d day4:1d day5:1d backlog:10m"

post() { mail_in --from "member$(($1 * 13 % 57))@example.com" --envelope "devel-bounces-$(($1 * 31 + 7000))-dev=example.org@lists.example.net" --to dev@example.org --subject "[devel] Re: patch $(($1 % 9))" --source 203.0.113.40 --helo lists.example.net --header 'List-Id: <devel.lists.example.net>' --header 'Precedence: list'; }
act() {
  local i day
  for day in 1 2 3 4 5; do
    phase "day$day"
    for i in $(seq $((day * 16)) $((day * 16 + 15))); do post "$i"; done
    small_talk 2
  done
  phase backlog
  for i in $(seq 101 195); do post "$i"; done
  small_talk 4
}
truth() {
  mail_step list 'from=<devel-bounces-7496-dev=example.org@lists.example.net>' 'list mail of an ordinary day'
  mail_step backlog 'from=<devel-bounces-13045-dev=example.org@lists.example.net>' 'the end of the backlog'
}
