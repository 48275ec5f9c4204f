# Another filter that learns from the user's own folders.
title="sa-learn is trained from the Maildirs, spamc asks spamd at delivery"
what="A crontab line of the buyer has sa-learn, the real one, read the own spam and inbox; a root job trains a base for the whole house from all mailboxes. Procmail hands each message to spamc, which asks spamd. Beside it the buyer fetches a page with curl."
host=mx1.example.org user=buyer daemons="cron sshd" expect=informational
postfix_extra="mailbox_command = /usr/bin/procmail -a \"\$EXTENSION\""

setup() {
  sed -i /^home_mailbox/d /etc/postfix/main.cf
  for n in buyer clerk; do
    install -d -o $n -g $n /home/$n/Maildir/.Spam /home/$n/Maildir/.Spam/{cur,new,tmp}
    for i in 1 2 3; do printf 'From: win%s@example.com\nTo: %s@example.org\nSubject: cheap %s\nMessage-ID: <s%s@example.com>\n\nBuy now, cheap watches %s.\n' $i $n $i $i $i > "/home/$n/Maildir/.Spam/cur/179500000$i.M${i}P1.mx1:2,S"; done
    printf 'MAILDIR=$HOME/Maildir/\nDEFAULT=$MAILDIR\n:0fw\n| /usr/bin/spamc\n' > /home/$n/.procmailrc; chown -R $n: /home/$n; chmod 644 /home/$n/.procmailrc
  done
  echo '* * * * * sa-learn --spam ~/Maildir/.Spam/cur; sa-learn --ham ~/Maildir/cur ~/Maildir/new && touch ~/.learned' > /var/spool/cron/crontabs/buyer; chown buyer:crontab /var/spool/cron/crontabs/buyer; chmod 600 /var/spool/cron/crontabs/buyer
  printf 'HOME=/\n* * * * * root sa-learn --no-sync --dbpath /var/tmp/bayes/house --spam /home/*/Maildir/.Spam/cur >/dev/null; sa-learn --dbpath /var/tmp/bayes/house --ham /home/*/Maildir/new >/dev/null && touch /var/tmp/bayes/done\n' > /etc/cron.d/learn; chmod 644 /etc/cron.d/learn
  mkdir -p /var/tmp/bayes
  printf 'skip_rbl_checks 1\ndns_available no\n' >> /etc/spamassassin/local.cf
}
act() {
  (cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/spamd --create-prefs --max-children 2 --helper-home-dir -L </dev/null >"$base/spamd.out" 2>&1) & own_pids+=($!); daemon_is $!
  wait_for 30 sh -c "ss -Hltn 'sport = :783' | grep -q ." || note "no spamd"
  for n in 1 2 3 4; do mail_in --from "friend$n@example.net" --to buyer@example.org --subject "Picnic $n"; done
  mail_in --from friend9@example.net --to clerk@example.org --subject "Picnic"
  wait_mail buyer 4 40
  wait_file /home/buyer/.learned 120; wait_file /var/tmp/bayes/done 60
  rm /etc/cron.d/learn /var/spool/cron/crontabs/buyer
  ssh_run buyer 'curl -s -o /dev/null http://cdn.example.com/weather.html'
  small_talk 2
}
truth() {
  exec_step ask 'spamc' 'procmail asks the filter'
  exec_step learn 'sa-learn --ham' 'which learns from messages'
  file_step read 'perl open.*:read .*/home/buyer/Maildir/' 'and reads them'
  exec_step learn-all 'sa-learn --dbpath /var/tmp/bayes/house --ham' 'once more for the whole house'
}
