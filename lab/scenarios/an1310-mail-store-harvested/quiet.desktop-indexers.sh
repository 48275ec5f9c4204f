# Desktop search reads all mail, attachments included, and sends nothing.
title="recoll and baloo index a home directory with its Maildir"
what="clerk's desktop session runs baloo_file, KDE's indexer, which reads the home directory; a crontab line of clerk's runs recollindex every minute; later clerk searches with recollq. Beside it a page is fetched by curl. A script and an archive are attached to some of the mail; nothing is unpacked to a file or run."
host=ws3.example.org user=clerk daemons="cron sshd" audit_rules=audit-wide.rules expect=informational

setup() {
  mkdir -p /home/clerk/.recoll /home/clerk/.config /home/clerk/Documents
  printf 'topdirs = ~/Maildir ~/Documents\nskippedNames =\n' > /home/clerk/.recoll/recoll.conf
  printf '[Basic Settings]\nIndexing-Enabled=true\n[General]\nfolders[$e]=$HOME/\nonly basic indexing=false\n' > /home/clerk/.config/baloofilerc
  make_pdf /home/clerk/Documents/plan.pdf Plan
  echo '* * * * * recollindex && touch $HOME/.recoll/indexed' > /var/spool/cron/crontabs/clerk; chown clerk:crontab /var/spool/cron/crontabs/clerk; chmod 600 /var/spool/cron/crontabs/clerk
  chown -R clerk: /home/clerk
  printf '#!/bin/sh\necho report\n' > "$base/out/report.sh"; (cd "$base/out" && zip -q tool.zip report.sh)
}
act() {
  user_manager clerk
  mail_in --from tools@example.net --to clerk@example.org --subject "Tool" --attach "$base/out/tool.zip:application/zip"
  mail_in --from tools@example.net --to clerk@example.org --subject "Script" --attach "$base/out/report.sh:text/x-shellscript"
  for n in 1 2 3; do mail_in --from "author$n@example.com" --to clerk@example.org --subject "Re: contract $n"; done
  wait_mail clerk 5
  desktop_as clerk QT_QPA_PLATFORM=minimal DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1003/bus -- /usr/bin/baloo_file
  wait_file /home/clerk/.recoll/indexed 90
  sleep 4
  ssh_as clerk <<'L'
recollq -b contract | cat
baloosearch contract | cat
curl -s http://cdn.example.com/status.html >/dev/null
L
  desktop_close
  user_managers_down
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'mail is delivered'
  file_step read-too 'baloo_file.* open(at)?:read NORMAL .*Maildir/(new|cur)/' 'one indexer reads the mail'
  exec_step index 'recollindex' 'cron runs the other'
  file_step read 'recollindex open(at)?:read NORMAL .*Maildir/(new|cur)/' 'which reads it as well'
  exec_step search 'recollq -b contract' 'and is asked'
}
