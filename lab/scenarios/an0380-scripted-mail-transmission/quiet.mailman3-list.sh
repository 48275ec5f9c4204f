# A list manager that is a daemon of many processes: postings come in by LMTP and go out by SMTP, digests by a job.
title="Mailman 3 sends postings and digests to its outside subscribers"
what="Postfix hands postings for team to Mailman 3, the real one, by LMTP on 127.0.0.1:8024; its runners, Python programs of the account list, hand each by SMTP on loopback to Postfix for eight outside subscribers. Four more read digests: mailman digests, run by cron from /etc/cron.d/mailman3, sends them. A posting of a stranger is held, and the owner is told. One posting carries a document."
host=mx1.example.org user=list daemons="cron" expect=informational
postfix_extra="owner_request_special = no
transport_maps = hash:/var/lib/mailman3/data/postfix_lmtp
local_recipient_maps = proxy:unix:passwd.byname \$alias_maps hash:/var/lib/mailman3/data/postfix_lmtp"

as_list() { (cd / && exec setpriv --reuid list --regid list --init-groups env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@" </dev/null); }
setup() {
  owned_by list /var/lib/mailman3 /run/mailman3 /var/log/mailman3
  sed -i 's/changeme@example.com/ops@example.org/; s/^admin_pass:.*/admin_pass: lab-only/' /etc/mailman3/mailman.cfg
  as_list mailman create -q -o ops@example.org team@example.org || return 1
  for n in 1 2 3 4 5 6 7 8; do echo "reader$n@example.net"; done > "$base/out/regular"
  for n in 1 2 3 4; do echo "digest$n@example.com"; done > "$base/out/digest"
  printf 'clerk@example.org\nbuyer@example.org\ndev@example.org\n' >> "$base/out/regular"
  chmod 755 "$base" "$base/out"
  cp "$base/out/regular" "$base/out/digest" /tmp/
  as_list mailman addmembers -W /tmp/regular team@example.org >/dev/null && as_list mailman addmembers -W --delivery mime /tmp/digest team@example.org >/dev/null || return 1
  rm /tmp/regular /tmp/digest
  make_pdf "$base/out/agenda.pdf" Agenda
  packaged_job mailman3 's@^0 +8@*/2 *@; s@^0 12@* *@'
}
act() {
  as_list /usr/bin/python3 /usr/lib/mailman3/bin/master -C /etc/mailman3/mailman.cfg >/dev/null 2>&1 & local master=$!; own_pids+=($master); daemon_is $master
  wait_for 60 sh -c "ss -Hltn 'sport = :8024' | grep -q ." || note "no LMTP server"
  small_talk 2
  mail_in --from reader3@example.net --to team@example.org --subject "Question"
  wait_log_count 'to=<reader8@example.net>.*status=sent' 1 60
  mail_in --from clerk@example.org --to team@example.org --subject "Agenda" --source 198.51.100.50 --helo desk.example.org --attach "$base/out/agenda.pdf"
  mail_in --from stranger@example.com --to team@example.org --subject "Offer" --source 203.0.113.25 --helo smtp.example.com
  wait_log_count 'to=<reader8@example.net>.*status=sent' 2 60
  mail_in --from reader5@example.net --to team@example.org --subject "Re: Question"
  wait_log_count 'to=<reader8@example.net>.*status=sent' 3 60
  wait_log_count 'to=<digest4@example.com>.*status=sent' 1 130
  small_talk 2
  rm /etc/cron.d/mailman3
  stop_pid $master 20
}
truth() {
  mail_step receive 'to=<team@example.org>.*relay=127.0.0.1.*8024.*status=sent' 'Postfix hands a posting to the list manager'
  net_step submit 'python3.* 127.0.0.1:25' 'which sends by SMTP on loopback'
  mail_step sent 'to=<reader8@example.net>.*status=sent' 'to a subscriber outside'
  exec_step digests 'mailman digests --periodic' 'its job sends the digests'
  mail_step digest 'to=<digest4@example.com>.*status=sent' 'to those who want them'
}
