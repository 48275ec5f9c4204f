# The plainest story: a program saved from a message, made executable, run in a terminal, talks to the outside.
title="Program saved by Thunderbird, made executable and run in a terminal"
what="A message with an ELF program disguised as a viewer is delivered to the clerk, whose mailbox lies with Dovecot on the host
itself. Thunderbird reads it over IMAP and saves the attachment into ~/Downloads. A little later the clerk makes it executable in a terminal and runs it; it connects to
203.0.113.66 port 8443 and sends one line."
host=ws3.example.org user=clerk daemons="cron sshd dovecot"

setup() {
  dovecot_config
  cc -O1 -o "$base/out/beacon" "$lab/lib/stand-ins/beacon.c"
}
act() {
  display_up
  small_talk 2
  ssh_as ops <<'L'
uptime
df -h /home
sudo -n true
L
  mail_in --from billing@example.com --to clerk@example.org --subject "Statement 0426-113, viewer enclosed" --source 203.0.113.25 \
    --helo smtp.example.com --text "Dear customer,\n\nplease open the statement with the enclosed viewer.\n" --attach "$base/out/beacon:application/x-executable:StatementViewer"
  wait_mail clerk 1
  wait_log 'billing@example.com'
  thunderbird_save clerk StatementViewer Downloads
  small_talk 1
  console_as clerk <<'L'
cd Downloads
%sleep 2
ls -l
chmod +x StatementViewer
%sleep 1
./StatementViewer
cat notes.txt 2>/dev/null; date
L
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message reaches the mailbox of clerk'
  net_step fetch 'thunderbird.* 127.0.0.1:143' 'the mail client fetches it'
  file_step save 'thunderbird.*/home/clerk/Downloads/StatementViewer$' 'and writes the attachment'
  file_step chmod '/chmod chmod .*Downloads/StatementViewer' 'the clerk makes it executable'
  exec_step execute '/home/clerk/Downloads/StatementViewer' 'the program runs from ~/Downloads'
  net_step beacon '203.0.113.66:8443' 'it calls out'
}
