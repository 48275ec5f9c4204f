# The client opens PDF attachments in a viewer, as every day.
title="Thunderbird opens PDF attachments in a viewer"
what="Two PDF attachments are opened from Thunderbird: each is written below /tmp/mozilla_clerk0 and mupdf, an installed viewer, is started on it. Nothing of the attachments
is executed and nothing calls out."
host=ws3.example.org user=clerk daemons="cron" expect=informational
stand_ins=("/usr/lib/thunderbird/thunderbird is a small program that reads the Maildir and opens the attachment as Thunderbird does")

setup() {
  compile thunderbird /usr/lib/thunderbird/thunderbird
  make_pdf "$base/out/price-list.pdf" "Price list"; make_pdf "$base/out/minutes.pdf" "Minutes"
}
act() {
  small_talk 2
  display_up
  mail_in --from sales@example.net --to clerk@example.org --subject "Price list" --attach "$base/out/price-list.pdf"
  mail_in --from board@example.com --to clerk@example.org --subject "Minutes" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/minutes.pdf"
  wait_mail clerk 2; sleep 1
  for file in price-list.pdf minutes.pdf; do
    desktop_as clerk -- /usr/lib/thunderbird/thunderbird --open "$file" mupdf
    sleep 4; local viewer; viewer=$(pgrep -u clerk -x mupdf || pgrep -u clerk mupdf); [ -n "$viewer" ] && kill $viewer
    desktop_wait
  done
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the messages are delivered'
  file_step open 'thunderbird openat:write CREATE /tmp/mozilla_clerk0/price-list.pdf' 'the client writes a temporary file'
  exec_step view 'mupdf.* /tmp/mozilla_clerk0/price-list.pdf' 'a viewer shows it'
}
