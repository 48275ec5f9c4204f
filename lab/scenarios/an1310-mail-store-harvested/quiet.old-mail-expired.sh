# Old mail is put away by a program made for it.
title="mail-expire puts old mail of people's own mailboxes away"
what="clerk's crontab runs mail-expire, the real one, over two folders of the own mail, and root's job in /etc/cron.d over the spools of clerk and buyer: it reads every message, packs those older than a week and leaves the rest, the own ones in the home, the others in /var/backups/mail. Afterwards the buyer fetches a page with curl, and a nightly rsync of root copies /home to the own backup server (198.51.100.30)."
host=mx1.example.org user=clerk daemons="cron sshd" store=mbox expect=informational

old_mail() { # FILE USER N
  local n; for n in $(seq 1 "$3"); do printf 'From a%s@example.com Mon Sep  7 10:0%s:00 2026\nFrom: a%s@example.com\nTo: %s@example.org\nDate: Mon, 07 Sep 2026 10:0%s:00 +0000\nMessage-ID: <o%s@example.com>\nSubject: old %s\n\nold news\n\n' "$n" "$n" "$n" "$2" "$n" "$n" "$n"; done > "$1"
  chown "$2:" "$1"; chmod 600 "$1"
}
setup() {
  install -d -o clerk -g clerk /home/clerk/mail /home/clerk/old; install -d -m 700 /var/backups/mail
  old_mail /var/mail/clerk clerk 8; old_mail /var/mail/buyer buyer 5; chgrp mail /var/mail/clerk /var/mail/buyer; chmod 660 /var/mail/clerk /var/mail/buyer
  old_mail /home/clerk/mail/lists clerk 6; old_mail /home/clerk/mail/orders clerk 4
  echo '* * * * * mail-expire -t $HOME/old 7 $HOME/mail/lists $HOME/mail/orders >/dev/null' > /var/spool/cron/crontabs/clerk; chown clerk:crontab /var/spool/cron/crontabs/clerk; chmod 600 /var/spool/cron/crontabs/clerk
  printf 'HOME=/\nMAILTO=""\n* * * * * root mail-expire -t /var/backups/mail 7 /var/mail/clerk /var/mail/buyer\n' > /etc/cron.d/mail-expire; chmod 644 /etc/cron.d/mail-expire
  printf 'HOME=/\nMAILTO=""\n* * * * * root sleep 20; rsync -aH /home/ rsync://backup.example.org/in/mx1/\n' > /etc/cron.d/home-copy; chmod 644 /etc/cron.d/home-copy
  outside_rsyncd
}
act() {
  small_talk 6
  wait_for 75 sh -c 'ls /home/clerk/old/*.gz && ls /var/backups/mail/buyer*.gz' || note "nothing was put away"
  ssh_as buyer <<'L'
ls
curl -s http://cdn.example.com/prices.html >/dev/null
L
  sleep 25
  rm -f /var/spool/cron/crontabs/* /etc/cron.d/*
  small_talk 2
}
truth() {
  exec_step expire 'mail-expire -t /var/backups/mail 7 /var/mail/clerk /var/mail/buyer' 'the job runs'
  file_step read 'perl open(at)?:(read|write) NORMAL /var/mail/buyer' 'reads the spools'
  file_step pack 'open(at)?:write .*/home/clerk/old/' 'a person puts the own old mail away too'
  exec_step copy 'rsync -aH /home/' 'and the homes are copied to the backup server'
}
