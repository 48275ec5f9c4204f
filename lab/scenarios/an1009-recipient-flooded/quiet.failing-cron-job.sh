# A job that fails every minute mails every minute.
title="A failing cron job mails its owner every minute"
what="A crontab line of dev fails every minute for four hours; cron mails each failure to dev (MAILTO unset). All messages are submitted locally by the same account. Recorded as 240 mails of the same program in quick succession; times spread by lib/shift_time.py."
host=mx1.example.org user=dev daemons="cron" expect=low
shift_plan="usual:1d failing:4h"

act() {
  phase usual
  small_talk 12
  phase failing
  local n
  for n in $(seq 1 24); do
    for _ in 1 2 3 4 5 6 7 8 9 10; do
      printf 'From: root (Cron Daemon)\nTo: dev\nSubject: Cron <dev@mx1> $HOME/bin/sync\n\nsync: host not found\n' | setpriv --reuid dev --regid dev --init-groups /usr/sbin/sendmail -i -FCronDaemon -B8BITMIME -oem dev
    done
    small_talk 1
  done
  wait_log_count 'to=<dev@example.org>.*status=sent' 240 60
}
truth() {
  mail_step local 'pickup.*uid=1002' 'handed in locally'
  mail_step delivered 'to=<dev@example.org>.*status=sent' 'to their owner'
}
