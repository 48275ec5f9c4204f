title="A secretary invites thirty partners with a loop in the shell"
what="intern writes a letter with an editor, tries it at the own address, then sends it to the thirty addresses of a list with a loop around mail(1) in a terminal, the programme as PDF for all of them the same. Answers come."
user=intern daemons="cron sshd" expect=informational
setup() { install -d -o intern -g intern /home/intern/openhouse; for i in $(seq 1 30); do echo "partner$i@example.net"; done > /home/intern/openhouse/guests; make_pdf /home/intern/openhouse/programme.pdf "Open house"; echo "You are invited to our open house." > /home/intern/openhouse/letter; chown -R intern: /home/intern/openhouse; }
act() {
  small_talk 3
  ssh_as intern <<'L'
cd openhouse
cat letter
wc -l guests
mutt -s "Open house" -a programme.pdf -- intern@example.org < letter
%sleep 3
for g in $(cat guests); do mutt -s "Open house on Friday" -a programme.pdf -- $g < letter; done
L
  wait_log 'to=<partner30@example.net>.*status=sent' 60
  mail_in --from 'partner%n@example.net' --to intern@example.org --subject 'Re: Open house on Friday' --count 4
  small_talk 1
}
truth() {
  exec_step try 'mutt -s Open house -a programme.pdf -- intern@example.org' 'tried first'
  exec_step loop 'mutt -s Open house on Friday' 'then to all'
  mail_step sent 'to=<partner30@example.net>.*status=sent' 'the guests'
  mail_step answer 'from=<partner2@example.net>' 'who answer'
}
