# The filter learns from the user's own folders; its rules come from the network.
title="Bogofilter is trained from the Maildir every night"
what="A crontab line of clerk feeds the own spam and ham folders to bogofilter, message by message, and writes a line to a log; a little later the user fetches a web page with curl."
host=mx1.example.org user=clerk daemons="cron sshd" expect=informational

setup() {
  install -d -o clerk -g clerk /home/clerk/bin /home/clerk/Maildir/.Spam /home/clerk/Maildir/.Spam/{cur,new,tmp}
  printf '#!/bin/sh\nfor f in "$HOME"/Maildir/.Spam/cur/* "$HOME"/Maildir/.Spam/new/*; do [ -f "$f" ] && bogofilter -s < "$f"; done\nfor f in "$HOME"/Maildir/cur/* "$HOME"/Maildir/new/*; do [ -f "$f" ] && bogofilter -n < "$f"; done\ndate > "$HOME/.trained"\n' > /home/clerk/bin/train
  chmod 755 /home/clerk/bin/train; chown -R clerk: /home/clerk/bin /home/clerk/Maildir
  echo '* * * * * $HOME/bin/train' > /var/spool/cron/crontabs/clerk; chown clerk:crontab /var/spool/cron/crontabs/clerk; chmod 600 /var/spool/cron/crontabs/clerk
}
act() {
  for n in 1 2 3 4 5; do mail_in --from "friend$n@example.net" --to clerk@example.org --subject "Picnic $n"; done
  wait_mail clerk 5
  wait_file /home/clerk/.trained 75
  ssh_run clerk 'curl -s -o /dev/null http://cdn.example.com/weather.html'
  small_talk 2
}
truth() {
  exec_step train 'bogofilter -n' 'the filter learns from a message'
  file_step done 'CREATE /home/clerk/.trained' 'and is done'
}
