# A folder of work is packed and uploaded; the mailbox is looked at in between, and stays where it is.
title="Project folder packed and uploaded beside a short look into the mail"
what="dev looks at the own mailbox in mutt, packs ~/site with tar and uploads the archive with curl to the server where the site lives. Nothing of the mailbox is in it."
host=ws3.example.org user=dev daemons="cron sshd" store=mbox audit_rules=audit-wide.rules expect=informational

setup() {
  printf 'set folder=/var/mail\nset move=no\nset sleep_time=0\n' > /home/dev/.muttrc
  mkdir -p /home/dev/site; for i in 1 2 3; do head -c 9000 /dev/urandom > /home/dev/site/p$i.html; done
  chown -R dev: /home/dev/site /home/dev/.muttrc
}
act() {
  for n in 1 2 3; do mail_in --from "customer$n@example.net" --to dev@example.org --subject "New page $n"; done
  small_talk 2
  wait_mail dev 3
  ssh_as dev <<'L'
ls site
%line mutt
%sleep 2
%keys \n
%sleep 1
%keys i
%keys q
%sleep 1
tar czf /tmp/site.tgz site
curl -s -T /tmp/site.tgz http://files.example.net/deploy/site.tgz
rm /tmp/site.tgz
L
}
truth() {
  file_step read 'mutt open(at)?:(read|write) NORMAL /var/mail/dev' 'mutt reads the mailbox'
  exec_step pack 'tar czf /tmp/site.tgz site' 'a folder of work is packed'
  exec_step upload 'curl -s -T /tmp/site.tgz' 'and uploaded'
  net_step connect 'curl 203.0.113.80:80' 'to where the site lives'
}
