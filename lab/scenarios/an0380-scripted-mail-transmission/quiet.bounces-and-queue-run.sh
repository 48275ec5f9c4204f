# The mail system's own life: a bounce, a deferral, a queue run.
title="Bounces, deferrals and a queue run"
what="A user's mail to an unknown outside recipient bounces, mail to a host that does not answer is deferred, and an administrator flushes the queue. Postfix itself sends the non-delivery report; no script transmits anything."
host=mx1.example.org user=ops daemons="cron sshd" expect=informational
postfix_extra="smtp_connect_timeout = 3s
minimal_backoff_time = 5s
queue_run_delay = 5s"

setup() { echo 'ops ALL=(root) NOPASSWD: /usr/sbin/postqueue' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  small_talk 3
  ssh_as clerk <<'L'
echo "are you there?" | mail -s "hello" unknown.person@example.net
echo "second try" | mail -s "hello" post@[203.0.113.99]
L
  wait_log 'status=bounced'
  wait_log 'status=deferred'
  ssh_as ops <<'L'
mailq
sudo postqueue -f
%sleep 3
mailq
L
  small_talk 2
  sleep 6
}
truth() {
  mail_step bounced 'to=<unknown.person@example.net>.*status=bounced' 'the recipient does not exist'
  mail_step report 'to=<clerk@example.org>.*status=sent' 'Postfix tells the sender'
  mail_step deferred 'to=<post@\[203.0.113.99\]>.*status=deferred' 'the other host does not answer'
}
