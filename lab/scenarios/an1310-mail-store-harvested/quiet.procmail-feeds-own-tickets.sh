title="Mail to support becomes tickets: procmail hands every letter to curl, which posts it to the own ticket server"
what="The account dev receives support@; a recipe of /home/dev/.procmailrc pipes a copy of each letter to ~/bin/to-ticket, which posts it with curl to the ticket system's gateway on the own network (198.51.100.20). The letters are filed too. dev reads some and answers one."
user=dev daemons="cron sshd" store=procmail expect=informational aliases='postmaster: root\nroot: ops\nsupport: dev\nsales: buyer\ninfo: clerk, buyer\n'
setup() {
  install -d -o dev -g dev /home/dev/bin /home/dev/Maildir /home/dev/Maildir/new /home/dev/Maildir/cur /home/dev/Maildir/tmp
  printf '#!/bin/sh\nexec curl -s -m 20 --data-binary @- -H "X-Queue: support" -o /dev/null http://198.51.100.20/REST/1.0/NoAuth/mail-gateway\n' > /home/dev/bin/to-ticket; chmod 755 /home/dev/bin/to-ticket
  own_file /home/dev/.procmailrc <<'X'
MAILDIR=$HOME/Maildir
DEFAULT=$HOME/Maildir/
:0 c
* ^To:.*support@
| $HOME/bin/to-ticket
X
  chown -R dev: /home/dev
}
act() {
  small_talk 2
  local i
  for i in 1 2 3 4 5 6; do mail_in --from "customer$i@example.net" --to support@example.org --subject "Printer $i does not print" --source 203.0.113.2$i --helo host2$i.example.net; sleep 1; done
  ssh_as dev <<'L'
ls Maildir/new | wc -l
grep -h ^Subject: Maildir/new/* | tail -2
echo "Please try the other tray." | mail -s "Re: Printer 2 does not print" customer2@example.net
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<support@example.org>|orig_to=<support@example.org>' 'mail to support'
  exec_step post 'curl -s -m 20 --data-binary' 'a copy becomes a ticket'
  net_step own 'curl 198.51.100.20:80' 'on the own server'
}
