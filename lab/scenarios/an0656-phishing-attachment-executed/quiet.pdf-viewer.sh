# The client opens PDF attachments in a viewer, as every day.
title="Thunderbird opens PDF attachments in a viewer"
what="Two PDF attachments are opened from Thunderbird, which reads the mailbox over IMAP from Dovecot on the host itself: each is written below its temporary folder and mupdf, an installed viewer, is started on it. Nothing of the attachments
is executed and nothing calls out."
host=ws3.example.org user=clerk daemons="cron dovecot" expect=informational

setup() {
  dovecot_config
  make_pdf "$base/out/price-list.pdf" "Price list"; make_pdf "$base/out/minutes.pdf" "Minutes"
}
act() {
  small_talk 2
  display_up
  mail_in --from sales@example.net --to clerk@example.org --subject "Price list" --attach "$base/out/price-list.pdf"
  mail_in --from board@example.com --to clerk@example.org --subject "Minutes" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/minutes.pdf"
  wait_mail clerk 2; sleep 1
  thunderbird_as clerk open price-list.pdf /usr/bin/mupdf
  sleep 2; close_of clerk mupdf
  python3 "$lab/lib/marionette.py" 40 "$lab/lib/thunderbird.js" clerk open minutes.pdf /usr/bin/mupdf >&2
  sleep 2; close_of clerk mupdf
  desktop_close
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the messages are delivered'
  file_step open 'thunderbird.* .*price-list.*pdf' 'the client writes a temporary file'
  exec_step view 'mupdf.* .*price-list.*pdf' 'a viewer shows it'
}
