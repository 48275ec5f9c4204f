# Reports of other providers come in a bunch after midnight.
title="DMARC reports of many providers in one hour"
what="Three nights in a row some forty mail providers send their aggregate reports to dmarc@example.org, an alias of ops, within an hour after midnight: different senders, a small zip each. The fourth night brings as many. Recorded quickly; times spread by lib/shift_time.py."
host=mx1.example.org user=ops daemons="cron" expect=informational
shift_plan="night1:1h day1:20h night2:1h day2:20h night3:1h day3:20h night4:50m"

setup() { echo 'dmarc: ops' >> /etc/aliases; newaliases; head -c 900 /dev/urandom > "$base/out/report.zip"; }
act() {
  local n
  for n in 1 2 3 4; do
    phase "night$n"
    mail_in --from 'noreply-dmarc@provider%n.example.com' --to dmarc@example.org --subject 'Report domain: example.org Submitter: provider%n.example.com' --source '192.0.2.%n' --helo 'host%n.example.com' --first 20 --count 38 --attach "$base/out/report.zip:application/zip"
    [ "$n" = 4 ] || { phase "day$n"; small_talk 6; }
  done
  small_talk 2
}
truth() {
  mail_step report 'from=<noreply-dmarc@provider20.example.com>' 'a report'
  mail_step delivered 'to=<ops@example.org>, orig_to=<dmarc@example.org>.*status=sent' 'for the administrator'
}
