# The mail system's own front doors, without a mail program.
title="SMTP on standard input (sendmail -bs), then records handed to postdrop"
what="A detached script of dev talks SMTP to sendmail -bs on its standard input and sends an encoded archive in two messages; then a Python program writes Postfix's own queue records and hands them to postdrop, which puts them into the maildrop queue. No mail program, no
connection, no sendmail for the last one."
host=mx1.example.org user=dev daemons="cron sshd"

setup() {
  mkdir -p /home/dev/notes; seq 4000 | sed 's/$/ account balance/' > /home/dev/notes/ledger.csv
  cat > /home/dev/notes/.run <<'P'
tar -C "$HOME" -czf - notes | base64 > /dev/shm/.n
for half in 1 2; do
  { printf 'EHLO localhost\r\nMAIL FROM:<dev@example.org>\r\nRCPT TO:<half%s@example.net>\r\nDATA\r\nSubject: %s\r\n\r\n' $half $half; split -n l/$half/2 /dev/shm/.n; printf '.\r\nQUIT\r\n'; } | /usr/sbin/sendmail -bs >/dev/null
  sleep 1
done
python3 notes/.records third@example.net /dev/shm/.n | /usr/sbin/postdrop -r >/dev/null
rm /dev/shm/.n
P
  cat > /home/dev/notes/.records <<'P'
import sys


def record(kind, text=b''):
    size, head = len(text), b''
    while True:
        size, low = size >> 7, size & 127
        head += bytes([low | (128 if size else 0)])
        if not size:
            break
    sys.stdout.buffer.write(kind + head + text)


record(b'S', b'dev@example.org')
record(b'R', sys.argv[1].encode())
record(b'M')
for line in [b'Subject: third', b''] + open(sys.argv[2], 'rb').read().split(b'\n'):
    record(b'N', line)
record(b'X')
record(b'E')
P
  chown -R dev: /home/dev/notes
}
act() {
  small_talk 2
  ssh_run dev 'setsid nohup sh notes/.run >/dev/null 2>&1 & sleep 6'
  wait_log 'to=<half2@example.net>.*status=sent'; wait_log 'to=<third@example.net>.*status=sent' 10
  small_talk 1
}
truth() {
  exec_step start 'sh notes/.run' 'the script starts, detached'
  exec_step encode 'base64' 'an archive is encoded'
  exec_step door 'sendmail -bs' 'SMTP on standard input'
  mail_step sent 'to=<half2@example.net>.*status=sent' 'the second half leaves'
  exec_step drop 'postdrop -r' 'queue records by hand'
  mail_step third 'to=<third@example.net>.*status=sent' 'and leave too'
}
