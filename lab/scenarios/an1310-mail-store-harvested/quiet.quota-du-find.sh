# Sizes are measured, messages are not read.
title="Quota report over all mailboxes with du and find"
what="An administrator measures the mailboxes of all users with sudo du and find and mails the sizes to the own account; directories are opened, messages are not."
host=mx1.example.org user=ops daemons="cron sshd" expect=informational

setup() { echo 'ops ALL=(root) NOPASSWD: /usr/bin/du, /usr/bin/find' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  small_talk 8
  ssh_as ops <<'L'
sudo du -s /home/*/Maildir
sudo find /home -path '*/Maildir/*' -type f -size +1k -printf '%s %p\n' | sort -n | tail -5
sudo du -sm /home/* | mail -s 'mailbox sizes' ops@example.org
L
  small_talk 2
}
truth() {
  exec_step du 'du -s /home/clerk/Maildir|du -s /home' 'sizes are measured'
  exec_step find 'find /home -path' 'and large messages listed'
}
