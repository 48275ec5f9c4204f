title="Applications until the deadline"
what="A position is advertised: jobs@ (clerk) gets 6, 9, 15 applications a day, and on the last day 95, by people whom nobody knew, with papers of ever other size, through five big providers. None is automatic. The mail log and Postfix's own sizes only."
user=clerk daemons="cron" expect=informational audit_rules=audit-none.rules
aliases='postmaster: root\nroot: ops\nsales: buyer\ninfo: clerk, buyer\nabuse: root\njobs: clerk\n'
shift_plan="d1:1d d2:1d d3:1d d4:1d last:14h"
setup() { local i; for i in 1 2 3 4 5 6 7; do head -c $((20000 + i * 9137)) /dev/urandom > "$base/out/cv$i.pdf"; done; }
apply() { # first count
  local i n
  for i in $(seq "$1" $(( $1 + $2 - 1 ))); do
    n=$(( 40 + (i * 7) % 5 ))
    mail_in --from "name.$i@host$n.example.com" --to jobs@example.org --subject "Application, $i" --text "Dear Sir or Madam,\n\nI apply for the position. $(head -c $((RANDOM % 900)) /dev/urandom | base64 -w0)\n" --attach "$base/out/cv$(( i % 7 + 1 )).pdf" --source "192.0.2.$n" --helo "host$n.example.com"
  done
}
act() {
  phase d1; apply 1 4; small_talk 5
  phase d2; apply 10 6; small_talk 4
  phase d3; apply 20 9; small_talk 4
  phase d4; apply 40 15; small_talk 4
  phase last; apply 100 95; small_talk 2
}
truth() {
  mail_step early 'from=<name.22@' 'an application'
  mail_step last 'from=<name.194@' 'the last'
}
