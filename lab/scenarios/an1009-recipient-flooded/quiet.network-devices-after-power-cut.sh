title="Forty devices of the own network report a power cut"
what="After a power cut the UPS, switches, printers and cameras of the own network (helo and sender of each device, @example.org) send three to five messages each to netops@, an alias of ops, through 198.51.100.20 and .30; 150 in ten minutes. On other days the same devices send about eight a day."
user=ops daemons="cron" expect=low aliases='postmaster: root\nroot: ops\nnetops: ops\nabuse: root\n'
shift_plan="u1:1d u2:1d u3:1d f:12m"
act() {
  local d i
  for d in 1 2 3; do phase u$d; mail_in --from 'sw%n@example.org' --to netops@example.org --subject 'sw%n: configuration saved' --source 198.51.100.20 --helo relay.example.org --count 8; small_talk 4; done
  phase f
  for i in 1 2 3; do
    mail_in --from 'sw%n@example.org' --to netops@example.org --subject "sw%n: link down on port $i" --header 'Auto-Submitted: auto-generated' --source 198.51.100.20 --helo relay.example.org --count 28 --every 0.05
    mail_in --from 'ups%n@example.org' --to netops@example.org --subject "UPS %n: on battery, event $i" --header 'Auto-Submitted: auto-generated' --source 198.51.100.30 --helo backup.example.org --count 20 --every 0.05
  done
  small_talk 2
}
truth() {
  mail_step storm 'from=<sw28@example.org>' 'devices report'
  mail_step delivered 'orig_to=<netops@example.org>.*status=sent' 'for the administrators'
}
