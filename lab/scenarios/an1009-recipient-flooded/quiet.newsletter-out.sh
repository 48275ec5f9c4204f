# Our own newsletter: many recipients, a few bounces to its sender.
title="Own newsletter to many outside recipients"
what="The clerk sends the customers' letter from a terminal to 120 outside recipients (one message, four batches of thirty). Two recipients do not exist, their bounces come back to clerk. Nobody's mailbox here is flooded."
host=mx1.example.org user=clerk daemons="cron sshd" expect=informational

setup() { { seq -f 'customer%g@example.net' 1 59; echo unknown.a@example.net; seq -f 'guest%g@example.com' 1 59; echo unknown.b@example.com; } > /home/clerk/customers; chown clerk: /home/clerk/customers; }
act() {
  small_talk 3
  ssh_as clerk <<'L'
echo "Dear customers, our opening hours change on Monday." > letter
split -l 30 customers batch.
for b in batch.*; do mail -s "Opening hours" -b "$(paste -sd, $b)" clerk@example.org < letter; done
rm batch.*
L
  wait_log_count 'status=bounced' 2 30
  small_talk 3
  sleep 2
}
truth() {
  exec_step send 'mail -s Opening hours' 'the letter is sent'
  mail_step out 'to=<customer1@example.net>.*status=sent' 'to customers outside'
  mail_step bounced 'to=<unknown.a@example.net>.*status=bounced' 'some addresses are dead'
}
