# The mail client takes care of itself: it writes files and starts programs, none of them out of a message.
title="Mail client crashes and reports it, and updates itself"
what="buyer's Thunderbird, installed from the vendor's archive in /opt/thunderbird, reads new mail (a program is attached to one message) and crashes: it writes a minidump into its profile and starts its crash reporter, which uploads it with curl. Next it fetches an update into ~/.cache/thunderbird, copies its updater there, as Mozilla's programs do, and starts the copy, which replaces a file of the installation."
host=ws3.example.org user=buyer daemons="" expect=low
stand_ins=("/opt/thunderbird/thunderbird and its updater are a small program that does Thunderbird's file work; its crash reporter is a shell script")

setup() {
  mkdir -p /opt/thunderbird
  cc -O1 -o /opt/thunderbird/thunderbird "$lab/lib/stand-ins/selfcare.c"; cp /opt/thunderbird/thunderbird /opt/thunderbird/updater
  printf '#!/bin/sh\nexec /usr/bin/curl -s --data-binary @"$1" http://cdn.example.com/submit\n' > /opt/thunderbird/crashreporter; chmod 755 /opt/thunderbird/crashreporter
  echo one > /opt/thunderbird/omni.ja; chown -R buyer: /opt/thunderbird
  head -c 30000 /dev/urandom > "$base/out/www/update.mar"
  cc -O1 -o "$base/out/tool" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 2
  mail_in --from tools@example.com --to buyer@example.org --subject "Tool" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/tool:application/x-executable"
  wait_mail buyer 1; sleep 1
  desktop_as buyer -- /opt/thunderbird/thunderbird --crash; desktop_wait
  sleep 3
  desktop_as buyer -- /opt/thunderbird/thunderbird --update; desktop_wait
  small_talk 1
}
truth() {
  exec_step report '/opt/thunderbird/crashreporter .*dmp' 'the crash reporter starts'
  net_step upload 'curl 203.0.113.81:80' 'and uploads the minidump'
  exec_step update '.cache/thunderbird/updates/0/updater' 'the updater runs from the cache'
}
