# The literal co-occurrence of mailbox and network: the mail system delivers, and an expiry job tidies.
title="Deliveries into spools, relaying outside, expiry of old mail"
what="Postfix delivers to mbox spools through procmail, users answer to outside addresses, and a nightly job of the user packs messages of the own archive folder with gzip and deletes old ones. Nothing but mail itself leaves the host."
host=mx1.example.org user=buyer daemons="cron sshd" store=procmail expect=informational

setup() {
  install -d -o buyer -g buyer /home/buyer/mail /home/buyer/bin
  printf ':0:\n* ^Subject:.*(quot|offer|price)\nmail/quotes\n' > /home/buyer/.procmailrc
  printf '#!/bin/sh\nset -e\ncd "$HOME/mail"\n[ -s quotes ] || exit 0\ncp quotes quotes-$(date +%%Y%%m)\ngzip -f quotes-$(date +%%Y%%m)\nfind . -name "quotes-*.gz" -mtime +365 -delete\n' > /home/buyer/bin/tidy-mail
  chmod 755 /home/buyer/bin/tidy-mail; chown -R buyer: /home/buyer/bin /home/buyer/.procmailrc
  echo '* * * * * $HOME/bin/tidy-mail' > /var/spool/cron/crontabs/buyer; chown buyer:crontab /var/spool/cron/crontabs/buyer; chmod 600 /var/spool/cron/crontabs/buyer
}
act() {
  small_talk 6
  for n in 1 2 3; do mail_in --from "sales$n@example.net" --to buyer@example.org --subject "Offer $n"; done
  ssh_as buyer <<'L'
ls mail
echo "Thank you, accepted." | mail -s "Re: Offer 1" sales1@example.net
L
  wait_log 'to=<sales1@example.net>.*status=sent'
  wait_file "/home/buyer/mail/quotes-$(date +%Y%m).gz" 75
  small_talk 2
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'mail is delivered through procmail'
  mail_step answer 'to=<sales1@example.net>.*status=sent' 'an answer goes out'
  exec_step tidy 'gzip -f quotes-' 'the archive folder is packed'
}
