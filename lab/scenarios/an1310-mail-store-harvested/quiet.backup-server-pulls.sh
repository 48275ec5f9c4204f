title="The backup server pulls /home and /etc with rsync over SSH, three nights"
what="198.51.100.30, the own backup host (backup.example.org), logs in as bkp, who may run rsync by sudo, with its key each night and pulls /etc and /home by rsync --server --sender, mailboxes with them, as rsnapshot and BackupPC do. People work and mail arrives in between."
user=bkp daemons="cron sshd" expect=informational people="ops dev clerk buyer intern bkp"
shift_plan="one:1d two:1d three:20h"
setup() { mkdir -p "$base/out/in"; echo "bkp ALL=(root) NOPASSWD: /usr/bin/rsync" > /etc/sudoers.d/bkp; chmod 440 /etc/sudoers.d/bkp; }
pull() { outside rsync -a --delete -e "ssh -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=198.51.100.30 -i /root/key" --rsync-path="sudo rsync" bkp@$host_ip:"$1" "$base/out/in/" || note "pull failed"; }
act() {
  local n
  for n in one two three; do
    phase $n
    letters_more $n
    small_talk 3
    pull /etc; pull /home
    small_talk 3
    [ $n != two ] || ssh_as ops <<'L'
uptime
mailq
L
  done
}
letters_more() { mail_in --from "partner-$1-%n@example.net" --to buyer@example.org --subject "Offer %n ($1)" --count 3 --text "the terms\n"; }
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'mail arrives'
  exec_step pull 'rsync --server --sender .* /home' 'the backup server pulls'
  file_step read 'rsync openat:read .*Maildir/new' 'mail too'
  exec_step again 'rsync --server --sender .* /home' 'and again'
}
