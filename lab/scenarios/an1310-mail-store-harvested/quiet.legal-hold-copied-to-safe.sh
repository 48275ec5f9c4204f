title="Legal hold: a mailbox packed, encrypted for counsel, kept on the own archive host"
what="After a ticket of the legal department ops packs buyer's Maildir by sudo, encrypts it with gpg, writes its hash down and copies it to the archive host of the own network (198.51.100.30). Nothing goes outside."
user=ops daemons="cron sshd" expect=low
setup() {
  echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  outside_rsyncd; mkdir -p /srv/legal; private /srv/legal; chmod 700 /srv/legal
}
act() {
  letters buyer 6; small_talk 2
  mail_in --from legal@example.org --to ops@example.org --subject 'Ticket 8814: hold for buyer@, approved' --source 198.51.100.50 --helo desk.example.org
  ssh_as ops <<'L'
sudo -s
umask 077
tar -C /home/buyer -czf /srv/legal/8814-buyer.tar.gz Maildir
gpg --batch --homedir /srv/legal --passphrase hold-8814 --pinentry-mode loopback -c /srv/legal/8814-buyer.tar.gz
rm /srv/legal/8814-buyer.tar.gz
sha256sum /srv/legal/8814-buyer.tar.gz.gpg > /srv/legal/8814.sha256
rsync -t /srv/legal/8814-buyer.tar.gz.gpg rsync://backup.example.org/in/mx1/
%line exit
echo "8814 is in the archive." | mail -s "Re: Ticket 8814" legal@example.org
L
}
truth() {
  exec_step pack 'tar -C /home/buyer -czf' 'packed'
  exec_step copy 'rsync -t /srv/legal/8814' 'to the own archive host'
}
