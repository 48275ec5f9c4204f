# Sized by somebody who knows the usual limits: a burst never reaches what a minute, five minutes or an hour may hold.
title="Bursts just below the limits of a minute, five minutes and an hour"
what="Two ordinary days, then twenty-two bursts of 28 messages for clerk, each within a minute, thirteen to fourteen minutes apart: 28 a minute, 28 in five minutes, about 130 an hour, for five hours. Real deliveries recorded in some minutes; times spread by lib/shift_time.py."
host=mx1.example.org user=clerk daemons="cron"
shift_plan="usual:2d $(for n in $(seq 1 22); do printf 'burst%s:55s pause%s:13m ' $n $n; done)"

act() {
  phase usual
  for day in 1 2; do small_talk 5; mail_in --from office@example.net --to clerk@example.org --subject "Daily figures $day"; done
  local n
  for n in $(seq 1 22); do
    phase "burst$n"
    mail_in --from "reply%n@list$n.example.com" --to clerk@example.org --subject 'Re: your request' --source '192.0.2.%n' --helo 'host%n.example.com' --first $((n * 9)) --count 28
    phase "pause$n"
    small_talk 2
  done
}
truth() {
  mail_step usual 'to=<clerk@example.org>.*status=sent' 'an ordinary day'
  mail_step first 'from=<reply9@list1.example.com>' 'the first burst'
  mail_step last 'from=<reply225@list22.example.com>' 'the last'
}
