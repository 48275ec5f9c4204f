# Two automatic answers answer each other until one gives up: a loop, not a bombing.
title="Two automatic answers answer each other"
what="The intern's procmail recipe answers every message, badly written and without a loop check; the partner's server (acted by the laboratory's client) answers every answer. Forty messages come and forty go within seconds, always between the same two addresses; then the partner stops."
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
