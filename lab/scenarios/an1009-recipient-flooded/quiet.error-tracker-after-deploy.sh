title="An error tracker writes to a developer after a bad deploy"
what="dev gets a dozen notices a day from the team's error tracker (a hosted service, two hosts, envelope sender with a code per notice) for days. One afternoon, after a deploy, 170 notices come within forty minutes, same hosts, same form; the deploy's own notice from the build server of the own network is before it. Mail log only, traditional."
user=dev daemons="cron" audit_rules=audit-none.rules expect=informational
shift_plan="u1:1d u2:1d u3:1d f:40m"
track() { mail_in --from 'bounces+%n-dev@em.example.com' --to dev@example.org --subject 'SHOP-%n TypeError: undefined' --source "$1" --helo "$2" --first "$3" --count "$4" --header 'List-Id: <shop.errors.example.com>' --every "${5:-0}"; }
usual() { track 192.0.2.81 host81.example.com $(($1 * 20)) 7; track 192.0.2.83 host83.example.com $(($1 * 20 + 10)) 6; mail_in --from ci@example.org --to dev@example.org --subject 'build ok' --source 198.51.100.20 --helo relay.example.org; small_talk 5; }
act() {
  local i; for i in 1 2 3; do phase u$i; usual $i; done
  phase f; mail_in --from ci@example.org --to dev@example.org --subject 'deployed shop 2.41' --source 198.51.100.20 --helo relay.example.org
  track 192.0.2.81 host81.example.com 200 85 0.05 & local a=$!; track 192.0.2.83 host83.example.com 300 85 0.05 & local b=$!
  small_talk 4; wait $a $b; mail_in --from ci@example.org --to dev@example.org --subject 'rolled back' --source 198.51.100.20 --helo relay.example.org
}
truth() {
  mail_step usual 'from=<bounces\+20-dev@em.example.com>' 'the usual notices'
  mail_step first 'from=<bounces\+200-dev@em.example.com>' 'the first of the storm'
  mail_step last 'from=<bounces\+384-dev@em.example.com>' 'the last'
}
