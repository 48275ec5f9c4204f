title="Sign-up mails grow from day to day for a week"
what="clerk, who gets six letters a day, is subscribed to more lists and shops every day by a program that takes its time: 14, 30, 55, 85, 120 a day, each from its own sender, half of them with a list's header, at every hour. No hour holds more than fifteen. The mail log only."
user=clerk daemons="cron" audit_rules=audit-none.rules syslog_format=iso
shift_plan="u1:1d u2:1d u3:1d d1:1d d2:1d d3:1d d4:1d d5:1d"
wave() { # first count
  local i n
  for i in $(seq "$1" $(( $1 + $2 - 1 ))); do
    n=$(( (i * 53) % 250 + 2 ))
    if [ $((i % 2)) = 0 ]; then mail_in --from "hello@brand$i.example.com" --to clerk@example.org --subject "Please confirm your e-mail address" --source "192.0.2.$n" --helo "host$n.example.com"
    else mail_in --from "news$i-bounces@list$((i % 90)).example.net" --to clerk@example.org --subject "You are subscribed to news $i" --header 'List-Unsubscribe: <mailto:leave@example.net>' --source "203.0.113.$n" --helo "host$n.example.net"; fi
  done
}
letter() { mail_in --from "partner$1@example.net" --to clerk@example.org --subject "Offer $1" --source "203.0.113.$((20 + $1 % 4))" --helo "host$((20 + $1 % 4)).example.net"; }
act() {
  local d i
  for d in 1 2 3; do phase u$d; for i in 1 2 3 4 5 6; do letter $((d * 3 + i)); done; small_talk 2; done
  phase d1; wave 1 14; letter 5; small_talk 2
  phase d2; wave 20 30; letter 7; small_talk 2
  phase d3; wave 60 55; letter 6; small_talk 2
  phase d4; wave 130 85; letter 9; small_talk 2
  phase d5; wave 230 120; letter 8; small_talk 1
}
truth() {
  mail_step usual 'from=<partner4@example.net>' 'a letter of an ordinary day'
  mail_step first 'from=<hello@brand2.example.com>' 'the first'
  mail_step last 'from=<hello@brand34[68].example.com>' 'the last'
}
