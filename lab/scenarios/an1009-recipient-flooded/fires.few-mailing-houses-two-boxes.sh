title="Sign-ups through three mailing houses, at two colleagues"
what="Three bulk mailing services, two addresses each, deliver what shops send: in fifty minutes 75 messages to clerk and 75 to intern, in turn, each shop a sender domain of its own with a bounce address that names the recipient. Both usually get a handful a day. Plus addresses now and then."
user=clerk daemons="cron" audit_rules=audit-none.rules
shift_plan="usual:3d flood:50m"
act() {
  local i to n
  phase usual; small_talk 24
  phase flood
  for i in $(seq 1 150); do
    to=clerk; [ $((i % 2)) = 0 ] || to=intern
    n=$(( 30 + i % 6 ))
    tag=""; [ $((i % 5)) != 0 ] || tag="+$i"
    mail_in --from "shop@shop$i.example.com" --envelope "bounce-$i-$to=example.org@shop$i.example.com" --to "$to$tag@example.org" --subject "Welcome to shop $i, please confirm" --header 'List-Unsubscribe: <https://example.com/u>' --header "X-Mailer: bulk" --source "192.0.2.$n" --helo "host$n.example.com"
  done
  small_talk 2
}
truth() {
  mail_step usual 'to=<.*@example.org>.*status=sent' 'an ordinary day'
  mail_step first 'from=<bounce-2-clerk=example.org@shop2.example.com>' 'the first'
  mail_step last 'from=<bounce-149-intern=example.org@shop149.example.com>' 'the last'
}
