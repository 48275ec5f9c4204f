# Two automatic answers answer each other until one gives up: a loop, not a bombing.
title="Two automatic answers loop until the hop limit"
what="intern forwards to a colleague at the partner's server that answers every message at once, and the intern's own procmail recipe answers every message too (badly written, without a loop check). Some forty messages pass between two addresses within a minute, always the same two parties; the partner then stops."
host=mx1.example.org user=intern daemons="cron" store=procmail expect=low

setup() {
  cat > /home/intern/.procmailrc <<'P'
:0 c
| (formail -r -I"Subject: Away"; echo "I am away.") | /usr/sbin/sendmail -oi -t
P
  chown intern: /home/intern/.procmailrc
}
act() {
  small_talk 3
  mail_in --from partner@example.net --to intern@example.org --subject "Question"
  local n
  for n in $(seq 2 40); do
    wait_log_count 'to=<partner@example.net>.*status=sent' $((n - 1)) 5
    mail_in --from partner@example.net --to intern@example.org --subject "Out of office: Away" --first "$n" --header 'Auto-Submitted: auto-replied'
  done
  small_talk 2
}
truth() {
  mail_step in 'from=<partner@example.net>' 'the partner writes'
  exec_step answer 'formail -r' 'the recipe answers'
  mail_step out 'to=<partner@example.net>.*status=sent' 'the answer goes back, and so on'
}
