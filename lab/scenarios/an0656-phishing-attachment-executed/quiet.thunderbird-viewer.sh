# The real mail client, its helper processes and a viewer.
title="Thunderbird reads an IMAP mailbox, saves a table and opens a PDF in a viewer"
what="Thunderbird, the real one, reads clerk's mailbox over IMAP from Dovecot on the host itself, opens offer.pdf in MuPDF from its temporary folder and saves prices.csv, which clerk adds up with awk. A script attached to another message stays where it is."
host=ws3.example.org user=clerk daemons="cron dovecot" expect=informational

setup() {
  dovecot_config
  make_pdf "$base/out/offer.pdf" Offer
  for n in 1 2 3 4; do echo "item$n,$((n * 9))"; done > "$base/out/prices.csv"; printf '#!/bin/sh\necho report\n' > "$base/out/report.sh"
  install -d -o clerk -g clerk /home/clerk/Downloads
}
act() {
  small_talk 2
  display_up
  mail_in --from sales@example.net --to clerk@example.org --subject "Offer" --attach "$base/out/offer.pdf:application/pdf" --attach "$base/out/prices.csv:text/csv"
  mail_in --from tools@example.net --to clerk@example.org --subject "Script" --attach "$base/out/report.sh:text/x-shellscript"
  wait_mail clerk 2; wait_log 'tools@example.net'
  thunderbird_as clerk open offer.pdf /usr/bin/mupdf
  sleep 2
  python3 "$lab/lib/marionette.py" 40 "$lab/lib/thunderbird.js" clerk save prices.csv /home/clerk/Downloads >&2
  wait_file /home/clerk/Downloads/prices.csv 20
  console_as clerk <<'L'
awk -F, '{s += $2} END {print s}' Downloads/prices.csv
L
  desktop_close
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  net_step fetch 'thunderbird.* 127.0.0.1:143' 'the mail client fetches it'
  exec_step view 'mupdf.* .*offer.*pdf' 'a viewer shows the document'
  file_step save 'thunderbird.*/home/clerk/Downloads/prices.csv' 'a table is saved'
  exec_step read 'awk -F' 'and added up'
}
