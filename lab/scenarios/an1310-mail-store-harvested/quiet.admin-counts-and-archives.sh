# Administrators count, look for marks of the spam filter and keep a copy of who left; people keep copies of their own mail.
title="Mail counted, searched and archived on the host itself"
what="root counts messages, lists the queue, looks for messages that the filter marked and copies the Maildir of clerk into an archive folder; the clerk packs the own Maildir into a file of the home. Both fetch a page with curl afterwards. Nothing of the mail leaves."
host=mx1.example.org user=ops daemons="cron sshd" audit_rules=audit-wide.rules expect=informational

act() {
  small_talk 8
  mail_in --from office@example.net --to clerk@example.org --subject "Minutes"
  wait_mail clerk 1
  ssh_as root <<'L'
cd /
for u in clerk buyer ops; do find /home/$u/Maildir -type f | wc -l; done
mailq; postqueue -p
grep -rl 'X-Spam-Flag: YES' /home/*/Maildir/new | wc -l
mkdir -p /home/archive; cp -a /home/clerk/Maildir /home/archive/clerk
chown -R ops /home/archive
curl -s http://cdn.example.com/status.html
L
  ssh_as clerk <<'L'
ls Maildir/new | head -3
tar czf old-mail.tgz Maildir
ls -la old-mail.tgz
curl -s http://cdn.example.com/weather
L
  small_talk 1
}
truth() {
  exec_step count 'find /home/clerk/Maildir -type f' 'messages are counted'
  exec_step archive 'cp -a /home/clerk/Maildir' 'a Maildir is copied aside'
  exec_step keep 'tar czf old-mail.tgz Maildir' 'the clerk keeps a copy'
}
