# An old mailbox moves in: hundreds of messages in a minute, years old, by a local hand.
title="Old mailbox imported with formail and sendmail"
what="The administrator imports the old mbox of buyer (300 messages of former years) by formail -s, which hands each message to sendmail for buyer. They are submitted locally, one after another, and their Date headers are years old."
host=mx1.example.org user=buyer daemons="cron sshd" store=mbox expect=low

setup() {
  python3 - "$base/home/ops/old.mbox" <<'P'
import sys
with open(sys.argv[1], 'w') as out:
    for n in range(300):
        out.write(f'From person{n % 40}@example.net Tue Mar  {n % 28 + 1:2d} 09:00:00 2022\nFrom: person{n % 40}@example.net\nTo: buyer@example.org\nDate: Tue, {n % 28 + 1} Mar 2022 09:{n % 60:02d}:00 +0000\nMessage-ID: <{n}.old@example.net>\nSubject: Order {n}\n\nThank you for order {n}.\n\n')
P
  chown ops: /home/ops/old.mbox
}
act() {
  small_talk 5
  ssh_as ops <<'L'
formail -s /usr/sbin/sendmail -i -f ops@example.org buyer@example.org < old.mbox
L
  wait_mail buyer 300 60
  small_talk 3
}
truth() {
  exec_step import 'formail -s /usr/sbin/sendmail' 'formail splits the old mailbox'
  mail_step delivered 'to=<buyer@example.org>.*status=sent' 'and each message is delivered'
}
