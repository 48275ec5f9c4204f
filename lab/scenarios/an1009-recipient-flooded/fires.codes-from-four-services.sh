title="Three hundred codes and reset mails from four well-known services at one clerk, a changed payment hidden among them"
what="Somebody asks four services again and again for passwords and codes in the name of buyer: 290 messages in 90 minutes from four senders, which buyer also hears from otherwise (one or two a day). In the middle one message of a bank tells of a changed payee. Under the wide audit set."
user=buyer daemons="cron" audit_rules=audit-wide.rules shift_plan="usual:4d flood:90m after:2h"
act() {
  local i s
  phase usual
  for i in $(seq 1 10); do
    small_talk 3
    s=$((i % 4 + 1)); mail_in --from "noreply@service$s.example.com" --to buyer@example.org --subject "Your code" --source 192.0.2.2$s --helo host2$s.example.com
  done
  phase flood
  for i in $(seq 1 290); do
    s=$((i % 4 + 1)); mail_in --from "noreply@service$s.example.com" --to buyer@example.org --subject "Your code is $((RANDOM % 9000 + 1000))" --source 192.0.2.2$s --helo host2$s.example.com
    [ $i != 170 ] || mail_in --from "alerts@bank.example.com" --to buyer@example.org --subject "A new payee was added" --source 192.0.2.77 --helo host77.example.com
    [ $((i % 60)) != 0 ] || small_talk 1
  done
  phase after
  small_talk 6
}
truth() {
  mail_step usual 'from=<noreply@service1.example.com>' 'usual'
  mail_step hidden 'from=<alerts@bank.example.com>' 'the one that matters'
  mail_step last 'to=<buyer@example.org>.*status=sent' 'the flood'
}
