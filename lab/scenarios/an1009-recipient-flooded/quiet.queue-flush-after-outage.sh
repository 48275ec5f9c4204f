# Deferred mail of hours comes at once when a mailbox is back; the delay tells.
title="Deferred queue delivered at once after an outage"
what="The mail store is away (delivery is deferred), 90 messages for several users wait in the queue. When it is back, an administrator flushes the queue and all are delivered within seconds, each with a long delay=. Recorded with minutes; times of the outage
were spread to six hours by lib/shift_time.py, delay= values as Postfix logged them were raised by the same amount."
host=mx1.example.org user=clerk daemons="cron sshd" expect=informational
postfix_extra="defer_transports = local"
shift_plan="outage:6h flush:5m"

setup() { echo 'ops ALL=(root) NOPASSWD: /usr/sbin/postconf, /usr/sbin/postqueue, /usr/sbin/postfix' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  phase outage
  for n in 1 2 3; do
    mail_in --from 'office%n@example.net' --to clerk@example.org --subject 'Note %n' --source '203.0.113.%n' --helo 'host%n.example.net' --first $((n * 20)) --count 20 --every 0.2
    small_talk 10
  done
  phase flush
  ssh_as ops <<'L'
mailq | tail -1
sudo postconf -e 'defer_transports ='
sudo postfix reload
sudo postqueue -f
%sleep 4
mailq | tail -1
L
  wait_mail clerk 60
}
truth() {
  mail_step waits 'to=<clerk@example.org>.*status=deferred' 'mail waits'
  exec_step flush 'postqueue -f' 'the administrator flushes the queue'
  mail_step delivered 'to=<clerk@example.org>.*status=sent' 'old mail is delivered at once'
}
