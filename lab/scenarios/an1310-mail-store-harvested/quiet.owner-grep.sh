# The owner looks for an old message; nothing leaves.
title="Owner searches the own Maildir with grep and opens a hit"
what="clerk searches the own Maildir with grep -r for an invoice number, shows the hit with less and copies one message into ~/invoices. Some minutes of ordinary work surround it, with a package mirror read by curl beforehand."
host=mx1.example.org user=clerk daemons="cron sshd" expect=informational

act() {
  small_talk 3
  for n in 41 42 43; do mail_in --from billing@example.com --to clerk@example.org --subject "Invoice 20$n" --source 203.0.113.25 --helo smtp.example.com; done
  wait_mail clerk 3
  ssh_as clerk <<'L'
curl -s http://cdn.example.com/status.html
grep -rl 'Invoice 2042' Maildir
%sleep 1
less -F $(grep -rl 'Invoice 2042' Maildir)
mkdir -p invoices; cp $(grep -rl 'Invoice 2042' Maildir) invoices/2042.eml
ls invoices
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'mail is delivered'
  exec_step search 'grep -rl Invoice 2042 Maildir|grep -rl .*2042' 'the owner searches'
  exec_step copy 'cp Maildir/new/' 'and keeps one message'
}
