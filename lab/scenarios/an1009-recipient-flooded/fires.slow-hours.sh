# Three a minute for hours against a handful a day: recorded quickly, then spread over time.
title="Three messages a minute for five hours against a baseline of a handful a day"
what="Four days of ordinary mail (some messages a day for clerk), then about 930 messages for clerk over five hours, about three a minute, from many senders; no ten minutes look dramatic. Real deliveries, recorded in a few minutes; the times of log lines and
audit records were spread by lib/shift_time.py, keeping order and identifiers."
host=mx1.example.org user=clerk daemons="cron"
shift_plan="usual:4d flood:5h"

act() {
  phase usual
  for day in 1 2 3 4; do small_talk 5; mail_in --from "office@example.net" --to clerk@example.org --subject "Daily figures $day"; done
  phase flood
  local n
  for n in $(seq 1 15 226); do
    mail_in --from 'news@s%n.example.com' --to clerk@example.org --subject 'Your weekly overview %n' --source '192.0.2.%n' --helo 'host%n.example.com' --first "$n" --count 15
    mail_in --from 'team@p%n.example.net' --to clerk@example.org --subject 'Welcome %n' --source '203.0.113.%n' --helo 'host%n.example.net' --first "$n" --count 15
    mail_in --from 'shop@t%n.example.com' --to clerk+a@example.org --subject 'Sale' --source '192.0.2.%n' --helo 'host%n.example.com' --first "$n" --count 15
    mail_in --from 'mail@u%n.example.net' --to clerk@example.org --subject 'Thank you' --source '203.0.113.%n' --helo 'host%n.example.net' --first "$n" --count 13
    if [ $((n % 4)) = 1 ]; then small_talk 1; fi
  done
}
truth() {
  mail_step usual 'to=<clerk@example.org>.*status=sent' 'an ordinary day'
  mail_step first 'from=<news@s1.example' 'the flood begins'
  mail_step last 'from=<mail@u238.example' 'and ends'
}
