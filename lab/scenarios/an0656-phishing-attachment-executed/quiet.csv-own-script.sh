# The attachment is data; the program that reads it was there long before.
title="Attached table read by a script of the user's own"
what="Thunderbird reads the clerk's mailbox over IMAP from Dovecot on the host itself and saves a CSV attachment into ~/Downloads. The clerk runs an own, older script from ~/bin on it. The script starts awk and python3 with the table as an argument
and sends nothing anywhere. The attachment is never executed."
host=ws3.example.org user=clerk daemons="cron dovecot" expect=informational audit_format=RAW

setup() {
  dovecot_config
  install -d -o clerk -g clerk /home/clerk/bin
  cat > /home/clerk/bin/sum-hours <<'P'
#!/bin/sh
awk -F, '{ s += $2 } END { print s }' "$1"
python3 -c 'import csv,sys; print(len(list(csv.reader(open(sys.argv[1])))))' "$1"
P
  chmod 755 /home/clerk/bin/sum-hours; chown clerk: /home/clerk/bin/sum-hours
  for i in 1 2 3 4 5 6; do echo "person$i,$((i * 3))"; done > "$base/out/hours-w47.csv"
}
act() {
  display_up
  small_talk 2
  mail_in --from agency@example.net --to clerk@example.org --subject "Hours of week 47" --attach "$base/out/hours-w47.csv:text/csv"
  wait_log 'from=<agency@example.net>'; wait_mail clerk 1; sleep 1
  thunderbird_save clerk hours-w47.csv Downloads
  console_as clerk <<'L'
cd Downloads
ls -l
~/bin/sum-hours hours-w47.csv
%sleep 1
cp hours-w47.csv ~/hours.csv
L
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  net_step fetch 'thunderbird.* 127.0.0.1:143' 'the mail client fetches it'
  file_step save 'thunderbird.*/home/clerk/Downloads/hours-w47.csv' 'and saves the table'
  exec_step own '/home/clerk/bin/sum-hours hours-w47.csv' 'an own script reads it'
}
