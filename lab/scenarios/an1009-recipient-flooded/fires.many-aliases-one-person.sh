title="A flood over the functions of one person"
what="dev answers webmaster, hostmaster, security, noc and jobs. In two hours 60 to 70 messages arrive at each, from ever other senders; none of the addresses alone is busy. Two ordinary days before. RFC 5424."
user=dev daemons="cron" syslog_format=iso
aliases='postmaster: root\nroot: ops\nsales: buyer\ninfo: clerk, buyer\nabuse: root\nwebmaster: dev\nhostmaster: dev\nsecurity: dev\nnoc: dev\njobs: webmaster\n'
shift_plan="usual:2d flood:2h"
act() {
  phase usual; small_talk 12
  mail_in --from applicant@example.com --to jobs@example.org --subject 'Application' --source 192.0.2.7 --helo host7.example.com
  phase flood
  local r k
  for k in 1 2 3 4; do
    for r in webmaster hostmaster security noc jobs dev+list; do
      mail_in --from "u%n@$r$k.example.com" --to "$r@example.org" --subject 'Your request %n was received' --source '192.0.2.%n' --helo 'host%n.example.com' --first $((k * 40 + RANDOM % 20)) --count 14
    done
    small_talk 2
  done
}
truth() {
  mail_step usual 'to=<dev@example.org>, orig_to=<jobs@example.org>' 'an application'
  mail_step flood 'to=<dev@example.org>, orig_to=<noc@example.org>.*status=sent' 'the flood at one of the functions'
  mail_step other 'to=<dev@example.org>, orig_to=<hostmaster@example.org>.*status=sent' 'at another'
}
