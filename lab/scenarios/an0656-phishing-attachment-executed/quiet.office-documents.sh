# What an office program does with documents that hold no program: helpers of its own, lock files, copies, an export.
title="Documents opened in LibreOffice from Thunderbird and from a folder"
what="The clerk opens minutes.fodt from Thunderbird in LibreOffice, both the real ones; later another attachment, saved, is turned into a PDF by soffice --convert-to in a terminal, and a page is fetched by curl. LibreOffice starts helpers of its own (a shell that asks for the paper size)."
host=ws3.example.org user=clerk daemons="cron dovecot" expect=informational

setup() {
  dovecot_config
  office_settings clerk 2
  office_document "$base/out/minutes.fodt" Minutes
  office_document "$base/out/offer.fodt" Offer
  install -d -o clerk -g clerk /home/clerk/Documents
}
act() {
  small_talk 2
  display_up
  mail_in --from office@example.net --to clerk@example.org --subject "Minutes" --attach "$base/out/minutes.fodt:application/vnd.oasis.opendocument.text-flat-xml"
  wait_log 'from=<office@example.net>'; wait_mail clerk 1; sleep 1
  thunderbird_as clerk open minutes.fodt /usr/bin/soffice
  sleep 12
  desktop_close; close_of clerk soffice.bin
  mail_in --from sales@example.com --to clerk@example.org --subject "Offer" --attach "$base/out/offer.fodt:application/vnd.oasis.opendocument.text-flat-xml"
  wait_log 'from=<sales@example.com>'; wait_mail clerk 2; sleep 1
  thunderbird_as clerk save offer.fodt /home/clerk/Documents
  desktop_close
  console_as clerk <<'L'
cd Documents
soffice --headless --convert-to pdf offer.fodt
%sleep 8
pdftotext offer.pdf - | head -3
curl -s http://cdn.example.com/status.html >/dev/null
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  exec_step open 'soffice.bin .*minutes.fodt' 'the document is opened'
  exec_step helper 'sh -c paperconf' 'LibreOffice asks for the paper size'
  exec_step convert 'soffice.bin .*--convert-to pdf offer.fodt' 'another is turned into a PDF'
}
