# Old mail is put away by a program made for it.
title="mail-expire puts old mail of people's own mailboxes away"
what="clerk's and buyer's crontabs run mail-expire, the real one, over their own mailboxes: it reads every message, packs those older than a week and leaves the rest. Afterwards the buyer fetches a page with curl. The packed mail stays in the homes; a nightly rsync of root copies /home to the own backup server (198.51.100.30)."
host=mx1.example.org user=clerk daemons="cron sshd" store=mbox expect=informational

old_mail() { # USER N
  local n; for n in $(seq 1 "$2"); do printf 'From a%s@example.com Mon Sep  7 10:0%s:00 2026\nFrom: a%s@example.com\nTo: %s@example.org\nDate: Mon, 07 Sep 2026 10:0%s:00 +0000\nMessage-ID: <o%s@example.com>\nSubject: old %s\n\nold news\n\n' "$n" "$n" "$n" "$1" "$n" "$n" "$n"; done > "/var/mail/$1"
  chown "$1:mail" "/var/mail/$1"; chmod 660 "/var/mail/$1"
}
setup() {
  old_mail clerk 8; old_mail buyer 5
  for name in clerk buyer; do
    install -d -o $name -g $name "/home/$name/old"
    echo '* * * * * cd $HOME/old && mail-expire 7 /var/mail/$LOGNAME >/dev/null 2>&1' > /var/spool/cron/crontabs/$name; chown $name:crontab /var/spool/cron/crontabs/$name; chmod 600 /var/spool/cron/crontabs/$name
  done
  printf 'HOME=/\nMAILTO=""\n* * * * * root sleep 20; rsync -aH /home/ rsync://backup.example.org/in/mx1/\n' > /etc/cron.d/home-copy; chmod 644 /etc/cron.d/home-copy
  outside_rsyncd
}
act() {
  small_talk 6
  wait_for 75 sh -c 'ls /home/clerk/old/*.gz && ls /home/buyer/old/*.gz' || note "nothing was put away"
  ssh_as buyer <<'L'
ls old
curl -s http://cdn.example.com/prices.html >/dev/null
L
  sleep 25
  rm -f /var/spool/cron/crontabs/* /etc/cron.d/home-copy
  small_talk 2
}
truth() {
  exec_step expire 'mail-expire 7 /var/mail/clerk' 'the job runs'
  file_step read 'perl open(at)?:(read|write) NORMAL /var/mail/clerk' 'reads the mailbox'
  file_step pack 'open(at)?:write .*/home/clerk/old/' 'and packs the old mail'
}
