# The tool that most mailboxes are moved with.
title="imapsync moves mailboxes to the organisation's new server"
what="ops runs imapsync, the real one (pure Perl, in no Debian package), for the mailboxes of clerk and buyer, from this host's Dovecot to the second IMAP server of the organisation (198.51.100.20), twice: the second run only brings what is new. It reads and writes by IMAP alone."
host=mx1.example.org user=ops daemons="cron sshd dovecot" expect=informational

setup() {
  local script=${LAB_DEBS:-/var/cache/watchpost-lab}/imapsync
  [ -s "$script" ] || { note "no imapsync in ${LAB_DEBS:-/var/cache/watchpost-lab}: see README.md"; return 1; }
  install_file "$script" /usr/local/bin/imapsync
  dovecot_config
  mkdir -p "$base/out/imap2" "$base/out/imap2run" "$base/out/imap2state"; chmod 755 "$base/out/imap2"
  sed -e "s#^listen.*#listen = 198.51.100.20#; s#^mail_location.*#mail_location = maildir:$base/out/imap2/%u#; s#^base_dir.*#base_dir = $base/out/imap2run#; s#^log_path.*#log_path = $base/out/imap2.log#" /etc/dovecot/dovecot.conf > "$base/out/imap2.conf"
  printf 'state_dir = %s/imap2state\n' "$base/out" >> "$base/out/imap2.conf"
  for name in clerk buyer; do install -d -o "$name" -g "$name" -m 700 "$base/out/imap2/$name"; done
  printf 'lab-only\n' > /home/ops/.secret; chown ops: /home/ops/.secret; chmod 600 /home/ops/.secret
  printf '#!/bin/sh\nfor who in clerk buyer; do\n  imapsync --host1 127.0.0.1 --user1 $who --passfile1 ~/.secret --host2 198.51.100.20 --user2 $who --passfile2 ~/.secret --nossl1 --notls1 --nossl2 --notls2 --noreleasecheck --nolog > ~/moved.$who 2>&1\ndone\n' > /home/ops/move.sh; chown ops: /home/ops/move.sh
}
act() {
  outside dovecot -F -c "$base/out/imap2.conf" & own_pids+=($!)
  wait_file "$base/out/imap2run/master.pid" 10
  for n in 1 2 3 4; do mail_in --from "office$n@example.net" --to clerk@example.org --to buyer@example.org --subject "Circular $n"; done
  wait_mail buyer 4; wait_mail clerk 4; sleep 1
  ssh_as ops <<'L'
sh move.sh
tail -3 moved.clerk
L
  mail_in --from "office9@example.net" --to buyer@example.org --subject "Circular 9"; sleep 1
  ssh_as ops <<'L'
sh move.sh
grep -c 'copied to' moved.buyer
L
  small_talk 1
}
truth() {
  exec_step move 'imapsync --host1' 'mailboxes are moved'
  net_step from 'perl 127.0.0.1:143' 'from this server'
  net_step to 'perl 198.51.100.20:143' 'to the second'
}
