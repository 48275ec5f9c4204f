# A build server reports every job.
title="CI notifications from one known host, a busy afternoon"
what="The build service (builds@example.net, always from mail.example.net) reports its jobs to dev: three days with twenty a day, then a busy afternoon with sixty. One sender, one source, one recipient; a little other mail in between. Recorded quickly; times spread by lib/shift_time.py."
host=mx1.example.org user=dev daemons="cron" expect=informational
shift_plan="before:3d busy:4h"

act() {
  phase before
  for day in 1 2 3; do
    mail_in --from builds@example.net --to dev@example.org --subject 'Pipeline #4%n passed' --source 203.0.113.10 --helo mail.example.net --header 'X-CI: pipeline' --header 'Auto-Submitted: auto-generated' --count 20
    small_talk 3
  done
  phase busy
  mail_in --from builds@example.net --to dev@example.org --subject 'Pipeline #5%n failed' --source 203.0.113.10 --helo mail.example.net --header 'X-CI: pipeline' --header 'Auto-Submitted: auto-generated' --count 60
  small_talk 3
}
truth() {
  mail_step builds 'from=<builds@example.net>' 'the build service reports'
  mail_step delivered 'to=<dev@example.org>.*status=sent' 'to the developer'
}
