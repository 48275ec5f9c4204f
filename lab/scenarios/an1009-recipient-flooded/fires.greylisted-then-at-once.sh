# Greylisting holds the flood back and then lets it in as one wave.
title="Flood held back by greylisting, then delivered at once"
what="Postgrey refuses 140 messages of 140 senders for clerk at the first try; all of them come back a quarter of a minute later and are delivered within seconds of each other."
host=mx1.example.org user=clerk daemons="cron"
postfix_extra="smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination, check_policy_service inet:127.0.0.1:10023"

act() {
  install -d -o postgrey -g postgrey /var/tmp/greylist
  (cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/postgrey --inet=127.0.0.1:10023 --delay=8 --dbdir=/var/tmp/greylist --user=postgrey --group=postgrey --pidfile=/run/postgrey.pid >/dev/null 2>&1) & own_pids+=($!); daemon_is $!
  wait_for 10 sh -c "ss -Hltn 'sport = :10023' | grep -q ."
  local n pids=""
  for n in $(seq 1 140); do
    mail_in --from "signup$n@site$n.example.com" --to clerk@example.org --subject "Confirm $n" --source "192.0.2.$n" --helo "host$n.example.com" --retry $((44 - n / 4)) & pids+=" $!"
    sleep 0.15
  done
  wait $pids
  sleep 1
}
truth() {
  mail_step refused 'NOQUEUE: reject: RCPT from .*450' 'come again later'
  mail_step delivered 'to=<clerk@example.org>.*status=sent' 'and they do, together'
}
