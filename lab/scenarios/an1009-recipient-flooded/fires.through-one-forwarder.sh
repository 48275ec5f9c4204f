title="A flood that arrives through one forwarding service"
what="intern's private address at a forwarding service was subscribed to everything; the service rewrites senders (SRS0=...@fwd.example.net), so 190 messages of 190 origins come from one domain and two hosts in two hours. Before, intern got one or two a day through it."
user=intern daemons="cron" audit_rules=audit-exec.rules
shift_plan="u1:1d u2:1d f:2h"
act() {
  phase u1; small_talk 5; mail_in --from 'SRS0=ab12=XX=example.com=aunt@fwd.example.net' --to intern@example.org --subject 'Sunday' --source 203.0.113.10 --helo mail.example.net
  phase u2; small_talk 5; mail_in --from 'SRS0=ab13=XX=example.com=club@fwd.example.net' --to intern@example.org --subject 'Training' --source 203.0.113.10 --helo mail.example.net
  phase f
  mail_in --from 'SRS0=q%n=YZ=shop%n.example.com=welcome@fwd.example.net' --to intern@example.org --subject 'Welcome, please confirm (%n)' --source 203.0.113.10 --helo mail.example.net --count 100 --every 0.1 & local a=$!
  mail_in --from 'SRS0=q%n=YZ=list%n.example.net=bounce@fwd.example.net' --to intern@example.org --subject 'Confirm subscription %n' --header 'List-Id: <news%n.example.net>' --source 203.0.113.12 --helo host12.example.net --first 200 --count 90 --every 0.1 & local b=$!
  small_talk 4; wait $a $b
}
truth() {
  mail_step first 'from=<SRS0=q1=' 'the first'
  mail_step last 'from=<SRS0=q289=' 'the last'
}
