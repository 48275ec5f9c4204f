# The attachment is data; the program that reads it was there long before.
title="Attached table read by a script of the user's own"
what="The clerk saves a CSV attachment with Thunderbird into ~/Downloads and runs an own, older script from ~/bin on it. The script starts awk and python3 with the table as an argument
and sends nothing anywhere. The attachment is never executed."
host=ws3.example.org user=clerk daemons="cron" expect=informational audit_format=RAW
stand_ins=("/usr/lib/thunderbird/thunderbird is a small program that reads the Maildir and saves the attachment as Thunderbird does")

setup() {
  compile thunderbird /usr/lib/thunderbird/thunderbird
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
  small_talk 2
  mail_in --from agency@example.net --to clerk@example.org --subject "Hours of week 47" --attach "$base/out/hours-w47.csv:text/csv"
  wait_log 'from=<agency@example.net>'; wait_mail clerk 1; sleep 1
  # Text attachments are sent as they are; Thunderbird saves them all the same.
  desktop_as clerk -- /usr/lib/thunderbird/thunderbird --save hours-w47.csv Downloads
  desktop_wait
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
  file_step save 'thunderbird rename .*CREATE /home/clerk/Downloads/hours-w47.csv' 'the client saves the table'
  exec_step own '/home/clerk/bin/sum-hours hours-w47.csv' 'an own script reads it'
}
