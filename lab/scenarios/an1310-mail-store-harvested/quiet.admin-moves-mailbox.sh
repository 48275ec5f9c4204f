# The mailbox of somebody who left goes to another server of the same organisation.
title="Administrator moves a mailbox to another server of the organisation"
what="ops looks at the mailbox of intern with du and doveadm through sudo, copies it with rsync to backup.example.org (198.51.100.30), a host of the own domain, and takes the old one out of use."
host=mx1.example.org user=ops daemons="cron sshd dovecot" expect=informational

setup() {
  dovecot_config; echo 'ops ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  outside_rsyncd
}
act() {
  small_talk 4
  for n in 1 2 3; do mail_in --from "office$n@example.net" --to intern@example.org --subject "Hello $n"; done
  wait_mail intern 3
  ssh_as ops <<'L'
sudo du -sh /home/intern/Maildir
sudo doveadm mailbox status -u intern messages INBOX
sudo rsync -aH /home/intern/Maildir/ rsync://backup.example.org/in/mx1/
%sleep 2
sudo chown -R root: /home/intern/Maildir
%sleep 1
L
}
truth() {
  exec_step look 'doveadm mailbox status' 'the mailbox is looked at'
  exec_step copy 'rsync -aH /home/intern/Maildir' 'it is copied'
  net_step connect 'rsync 198.51.100.30:873' 'to a server of the own domain'
}
