title="A loop in somebody's account mails a colleague two hundred and forty times"
what="Somebody sits in intern's account over SSH and lets a shell loop write to clerk with mail(1), 240 letters in some minutes, the subject changing, so that clerk misses what else comes. Others get their ordinary mail. Commands only, ISO stamps."
user=clerk daemons="cron sshd" audit_rules=audit-exec.rules syslog_format=iso
act() {
  small_talk 6
  ssh_as intern <<'L'
ls
for i in $(seq 1 120); do echo "see $i, urgent" | mail -s "Re: ticket $RANDOM" clerk@example.org; sleep 0.1; done
L
  small_talk 2
  mail_in --from payroll@example.com --to clerk@example.org --subject 'Your bank account was changed' --source 192.0.2.90 --helo host90.example.com
  ssh_as intern <<'L'
for i in $(seq 121 240); do echo "see $i, urgent" | mail -s "Fwd: order $RANDOM" clerk; sleep 0.1; done
L
  small_talk 2
}
truth() {
  exec_step loop 'mail -s Re: ticket' 'the loop'
  mail_step pickup 'postfix/pickup.*uid=' 'local letters'
  mail_step delivered 'to=<clerk@example.org>.*status=sent' 'delivered'
  mail_step hidden 'from=<payroll@example.com>' 'what hides among them'
}
