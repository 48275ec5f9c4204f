# An established backup to the organisation's own server, by another pair of programs.
title="borgmatic has borg back up /home and /var/mail to the own backup server"
what="A root job in /etc/cron.d runs borgmatic, which runs borg over SSH to backup.example.org (198.51.100.30): two rounds. borg reads every message and sends encrypted parts to a host of the own network; cron mails borgmatic's summary to root."
host=mx1.example.org user=root daemons="cron sshd" expect=low

setup() {
  user=ops outside_sshd; install -d -m 700 /etc/backup; cp /home/ops/.ssh/id_out /etc/backup/key; chmod 600 /etc/backup/key
  mkdir -p /etc/borgmatic
  cat > /etc/borgmatic/config.yaml <<'CF'
location:
    source_directories:
        - /home
        - /var/mail
    repositories:
        - ssh://root@backup.example.org:2222/srv/wp-borg
storage:
    encryption_passphrase: "lab-only"
    ssh_command: ssh -i /etc/backup/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR
    borg_base_directory: /var/tmp/borg
    relocated_repo_access_is_ok: true
retention:
    keep_daily: 7
consistency:
    checks:
        - disabled
CF
  private /srv; mkdir -p /var/tmp/borg
  printf 'HOME=/\nMAILTO=root\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n* * * * * root borgmatic init --encryption repokey >/dev/null 2>&1; borgmatic create --stats -v 0 && date >> /var/log/borg-done\n' > /etc/cron.d/borgmatic; chmod 644 /etc/cron.d/borgmatic
}
act() {
  small_talk 6
  wait_file /var/log/borg-done 90
  sleep 3
  small_talk 2
  wait_for 80 sh -c '[ $(wc -l < /var/log/borg-done) -ge 2 ]'
  rm /etc/cron.d/borgmatic
  wait_log 'orig_to=<root>.*status=sent' 20
}
truth() {
  exec_step start 'borgmatic create' 'borgmatic starts'
  exec_step borg 'borg create' 'it runs borg'
  net_step connect 'ssh 198.51.100.30:2222' 'which reaches the own backup server'
  file_step read 'python3.* open.*:read NORMAL .*mx1.example.org' 'and reads the mail'
  mail_step report 'orig_to=<root>.*status=sent' 'the summary is mailed to root'
}
