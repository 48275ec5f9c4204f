# Never in a header, and on both sides of midnight and of the rotation of the log.
title="Flood by blind copies, over midnight and over the rotation of the mail log"
what="Three ordinary days, then 540 messages in three hours around midnight, each addressed to an office's address outside in its header and brought here for intern, who is a blind copy, and one or two others at a time. The mail log is rotated at midnight: mail.log.1 holds what came before. Recorded quickly; times spread by lib/shift_time.py."
host=mx1.example.org user=intern daemons="cron" rotated=yes
# Midnight falls into the middle of the flood.
minutes=$(( $(date -u +%-H) * 60 + $(date -u +%-M) ))
shift_plan="before:3d flood:3h after:$(( (minutes + 1440 - 90) % 1440 + 1 ))m"

act() {
  phase before
  small_talk 30
  mail_in --from coach@example.com --to intern@example.org --subject "Week %n" --source 203.0.113.25 --helo smtp.example.com --count 5
  phase flood
  local others=(clerk buyer dev ops info sales) n
  for n in 1 2 3 4 5 6; do
    mail_in --from "press$n.%n@example.net" --to intern@example.org --to "${others[$((n - 1))]}@example.org" --subject "Circular $n.%n" --header 'To: office@example.net' --source '203.0.113.%n' --helo 'host%n.example.net' --first $((n * 26)) --count 90
  done
  phase after
  small_talk 8
}
truth() {
  mail_step first 'to=<intern@example.org>.*status=sent' 'ordinary mail'
  mail_step blind 'from=<press1.*nrcpt=2' 'a message with two recipients'
  mail_step last 'from=<press6' 'after midnight'
}
