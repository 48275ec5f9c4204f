title="A taken-over desk of the own network floods the head of purchasing"
what="A machine of the own network (198.51.100.50), which relays through this host and is used by people too, sends 220 messages in about twelve minutes to buyer with made-up outside senders and senders of colleagues, each with an attachment of some kilobytes, while a call from a false helpdesk is under way. Ordinary mail of clerk from the same desk before."
user=buyer daemons="cron"
shift_plan="u:1d f:12m"
act() {
  phase u; for i in 1 2 3 4 5 6; do mail_in --from clerk@example.org --to buyer@example.org --subject "Order $i" --source 198.51.100.50 --helo desk.example.org; done; small_talk 5
  phase f
  head -c 9000 /dev/urandom > "$base/out/scan.pdf"
  mail_in --from 'info%n@example.com' --to buyer@example.org --subject 'Document %n' --attach "$base/out/scan.pdf" --source 198.51.100.50 --helo desk --count 110 --every 0.1 & local a=$!
  mail_in --from 'accounts@firm%n.example.net' --to buyer+orders@example.org --subject 'Invoice %n' --attach "$base/out/scan.pdf" --source 198.51.100.50 --helo desk --first 200 --count 110 --every 0.1 & local b=$!
  small_talk 3; wait $a $b
}
truth() {
  mail_step first 'from=<info1@example.com>' 'the first'
  mail_step last 'from=<accounts@firm309.example.net>' 'the last'
}
