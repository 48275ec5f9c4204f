# An established backup to the organisation's own server, encrypted.
title="restic backs up /home to the own backup server"
what="A root job in /etc/cron.d runs restic over SFTP to backup.example.org (198.51.100.30): two rounds. restic reads every message and sends encrypted packs to a host of the own network."
host=mx1.example.org user=root daemons="cron sshd" expect=low

setup() {
  user=ops outside_sshd; install -d -m 700 /etc/backup; cp /home/ops/.ssh/id_out /etc/backup/key; chmod 600 /etc/backup/key
  cat > "$base/out/nightly" <<'P'
#!/bin/sh
export RESTIC_PASSWORD=lab-only RESTIC_CACHE_DIR=/var/tmp/restic
restic -q -o sftp.command="ssh -i /etc/backup/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -p 2222 root@backup.example.org -s sftp" -r sftp:root@backup.example.org:/tmp/wp-restic "$@"
P
  install_file "$base/out/nightly" /usr/local/sbin/nightly-restic
  printf 'HOME=/\nMAILTO=""\n* * * * * root /usr/local/sbin/nightly-restic init; /usr/local/sbin/nightly-restic backup /home && date >> /var/log/restic-done\n' > /etc/cron.d/restic; chmod 644 /etc/cron.d/restic
}
act() {
  small_talk 6
  wait_file /var/log/restic-done 90
  sleep 3
  small_talk 2
  wait_for 80 sh -c '[ $(wc -l < /var/log/restic-done) -ge 2 ]'
  rm /etc/cron.d/restic; rm -rf /tmp/wp-restic
}
truth() {
  exec_step start 'restic .*backup /home' 'restic starts'
  file_step read 'restic openat:read NORMAL .*Maildir' 'and reads the mail'
  net_step connect 'ssh 198.51.100.30:2222' 'for the own backup server'
}
