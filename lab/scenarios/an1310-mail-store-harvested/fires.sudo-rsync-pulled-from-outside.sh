title="All homes pulled from outside by rsync over sudo with the backup account's key"
what="Twin of the backup server: the key of bkp, who may run rsync by sudo, is used once from 203.0.113.66 and pulls /home/buyer and /home/clerk with their mailboxes. Before, the own backup host pulls /etc."
user=bkp daemons="cron sshd" people="ops dev clerk buyer intern bkp"
setup() { mkdir -p "$base/out/in" "$base/out/away"; echo "bkp ALL=(root) NOPASSWD: /usr/bin/rsync" > /etc/sudoers.d/bkp; chmod 440 /etc/sudoers.d/bkp; }
pull() { outside rsync -a -e "ssh -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=$1 -i /root/key" --rsync-path="sudo rsync" bkp@$host_ip:"$2" "$base/out/$3/" || note "pull failed"; }
act() {
  letters buyer 5; letters clerk 5
  small_talk 2
  pull 198.51.100.30 /etc in
  small_talk 2; sleep 3
  pull 203.0.113.66 /home/buyer away; pull 203.0.113.66 /home/clerk away
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'mail arrives'
  exec_step pull 'rsync --server --sender .* /home/buyer' 'pulled from outside'
  file_step read 'rsync openat:read .*Maildir/new' 'mail too'
}
