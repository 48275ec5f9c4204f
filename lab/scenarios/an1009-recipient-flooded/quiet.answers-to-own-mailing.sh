title="Out-of-office answers and replies to a mailing of one's own"
what="intern writes to 110 customers from a terminal with a small loop, one message each; within two hours 70 answers come back, most of them automatic (null sender or the person), from the very addresses that were written to. Two ordinary days before."
user=intern daemons="cron sshd" expect=informational
shift_plan="usual:2d mailing:20m answers:2h"
act() {
  phase usual; small_talk 10; mail_in --from hr@example.org --to intern@example.org --subject 'Your contract' --source 198.51.100.50 --helo desk.example.org
  phase mailing
  ssh_as intern <<'L'
for i in $(seq 2 111); do echo "Dear customer, our fair is on Friday. Come and see us." | mail -s "Invitation" customer$i@example.com; done
%sleep 4
L
  phase answers
  mail_in --from 'customer%n@example.com' --envelope '<>' --to intern@example.org --subject 'Automatic reply: Invitation' --header 'Auto-Submitted: auto-replied' --source '192.0.2.%n' --helo 'host%n.example.com' --first 2 --count 45
  mail_in --from 'customer%n@example.com' --to intern@example.org --subject 'Re: Invitation' --source '192.0.2.%n' --helo 'host%n.example.com' --first 50 --count 25
  small_talk 2
}
truth() {
  mail_step out 'to=<customer2@example.com>.*status=sent' 'the mailing'
  mail_step back 'from=<customer50@example.com>' 'an answer'
}
