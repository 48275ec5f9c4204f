title="A deleted folder restored from the nightly archive, for its owner"
what="ops takes clerk's Maildir out of /var/backups with sudo tar, copies the lost messages back with their owner, fetches an internal how-to with curl and writes to clerk that all is well."
user=ops daemons="cron sshd dovecot" expect=informational
setup() { dovecot_config; echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  letters clerk 6; tar -C / -czf /var/backups/home-nightly.tar.gz home; rm -f /home/clerk/Maildir/new/*
  small_talk 2
  ssh_as ops <<'L'
curl -s http://198.51.100.20/howto/restore.html | head -3
sudo ls /home/clerk/Maildir/new
sudo mkdir -p /var/tmp/restore
sudo tar -xzf /var/backups/home-nightly.tar.gz -C /var/tmp/restore home/clerk/Maildir
sudo rsync -a --ignore-existing /var/tmp/restore/home/clerk/Maildir/ /home/clerk/Maildir/
sudo chown -R clerk:clerk /home/clerk/Maildir
sudo doveadm index -u clerk INBOX
sudo rm -rf /var/tmp/restore
echo "Your inbox is back, please look." | mail -s "Restored" clerk@example.org
L
  small_talk 1
}
truth() {
  exec_step unpack 'tar -xzf /var/backups/home-nightly.tar.gz' 'out of the archive'
  exec_step back 'rsync -a --ignore-existing' 'back to its owner'
  mail_step told 'to=<clerk@example.org>.*status=sent' 'told'
}
