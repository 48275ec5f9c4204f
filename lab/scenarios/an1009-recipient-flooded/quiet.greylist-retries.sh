# Greylisting: refused first, accepted at the second try.
title="Greylisting refuses and then accepts"
what="Postgrey asks every unknown sender to come again. Forty ordinary messages for several users are refused with 450 first, retried some seconds later by the same hosts and then accepted. Refusals are numerous, deliveries are not."
host=mx1.example.org user=clerk daemons="cron" expect=informational syslog_format=iso
postfix_extra="smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination, check_policy_service inet:127.0.0.1:10023"

act() {
  install -d -o postgrey -g postgrey /var/tmp/greylist
  (cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/postgrey --inet=127.0.0.1:10023 --delay=6 --dbdir=/var/tmp/greylist --user=postgrey --group=postgrey --pidfile=/run/postgrey.pid >/dev/null 2>&1) & own_pids+=($!); daemon_is $!
  wait_for 10 sh -c "ss -Hltn 'sport = :10023' | grep -q ."
  local n pids=""
  for n in $(seq 1 40); do
    local to=(clerk buyer dev ops)
    mail_in --from "person$n@example.com" --to "${to[$((n % 4))]}@example.org" --subject "Meeting $n" --source "192.0.2.$((n * 5))" --helo "host$((n * 5)).example.com" --retry 9 & pids+=" $!"
    sleep 0.25
  done
  wait $pids
  sleep 1
}
truth() {
  mail_step refused 'NOQUEUE: reject: RCPT from .*450' 'come again later'
  mail_step delivered 'to=<clerk@example.org>.*status=sent' 'accepted at the second try'
}
