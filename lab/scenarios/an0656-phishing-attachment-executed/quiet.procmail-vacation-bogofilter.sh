# Ordinary programs at delivery: a spam filter and a vacation answer.
title="Procmail passes mail through bogofilter and answers with vacation"
what="The buyer's .procmailrc pipes every message through bogofilter and hands a copy to vacation, which answers each sender once. Mail with attachments arrives; the
only programs that run are installed ones; the answers go out through Postfix."
host=mx1.example.org user=buyer daemons="cron" store=procmail expect=informational

setup() {
  cat > /home/buyer/.procmailrc <<'P'
:0 fw
| bogofilter -u -e -p

:0 c
* !^FROM_DAEMON
| vacation buyer

:0:
* ^X-Bogosity: Spam
mail/junk
P
  printf 'Subject: away\n\nI am away until Monday.\n' > /home/buyer/.vacation.msg
  install -d -o buyer -g buyer /home/buyer/mail
  chown buyer: /home/buyer/.procmailrc /home/buyer/.vacation.msg; chmod 644 /home/buyer/.procmailrc
  (cd /home/buyer && setpriv --reuid buyer --regid buyer --init-groups env HOME=/home/buyer vacation -I) || true
  make_pdf "$base/out/offer.pdf" "Offer"
  printf '#!/bin/sh\necho report\n' > "$base/out/report.sh"
}
act() {
  small_talk 3
  mail_in --from offers@example.net --to buyer@example.org --subject "Offer" --attach "$base/out/offer.pdf"
  mail_in --from tools@example.com --to buyer@example.org --subject "The script you asked for" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/report.sh:text/x-shellscript"
  wait_log 'to=<tools@example.com>.*status=sent' 20
  small_talk 3
}
truth() {
  exec_step deliver 'procmail' 'Postfix starts procmail'
  exec_step filter 'bogofilter -u -e -p' 'it filters'
  exec_step answer 'vacation buyer' 'and answers'
  mail_step sent 'to=<offers@example.net>.*status=sent' 'the answer goes out'
}
