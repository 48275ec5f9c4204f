# The plainest story with the real mail client, which keeps the mailbox on an IMAP server.
title="Program saved by Thunderbird from an IMAP mailbox, made executable and run"
what="The clerk's mailbox lies with Dovecot on the host itself; Thunderbird, the real one, reads it over IMAP and saves the attachment StatementViewer into ~/Downloads. The clerk makes it executable in a terminal and runs it; it connects to 203.0.113.66."
host=ws3.example.org user=clerk daemons="cron dovecot"

setup() { dovecot_config; cc -O1 -o "$base/out/beacon" "$lab/lib/stand-ins/beacon.c"; install -d -o clerk -g clerk /home/clerk/Downloads; }
act() {
  small_talk 2
  display_up
  mail_in --from billing@example.com --to clerk@example.org --subject "Statement 0426-113, viewer enclosed" --source 203.0.113.25 \
    --helo smtp.example.com --text "Dear customer,\n\nplease open the statement with the enclosed viewer.\n" --attach "$base/out/beacon:application/x-executable:StatementViewer"
  wait_mail clerk 1; wait_log 'billing@example.com'
  thunderbird_as clerk save StatementViewer /home/clerk/Downloads
  wait_file /home/clerk/Downloads/StatementViewer 20
  console_as clerk <<'L'
cd Downloads
ls -l
chmod +x StatementViewer
%sleep 1
./StatementViewer
L
  desktop_close
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message reaches the mailbox of clerk'
  net_step fetch 'thunderbird.* 127.0.0.1:143' 'the mail client fetches it'
  file_step save 'thunderbird.*/home/clerk/Downloads/StatementViewer' 'and writes the attachment'
  file_step chmod '/chmod chmod .*Downloads/StatementViewer' 'the clerk makes it executable'
  exec_step execute '/home/clerk/Downloads/StatementViewer' 'the program runs from ~/Downloads'
  net_step beacon '203.0.113.66:8443' 'it calls out'
}
