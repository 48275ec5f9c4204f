# A service's program that writes to customers all day.
title="Worker of a web shop mails its customers"
what="The worker of a web shop, root-owned Python code in /opt/shop that runs as www-data outside of any login session, hands order confirmations to sendmail, each to another customer outside. No file is attached; the sender is always shop@example.org."
host=mx1.example.org user=www-data daemons="cron sshd" audit_rules=audit-wide.rules expect=informational

setup() {
  mkdir -p /opt/shop/bin
  cat > /opt/shop/bin/worker <<'P'
#!/usr/bin/python3
import subprocess, time
for number in range(1, 9):
    order = f'From: shop@example.org\nTo: customer{number}@example.{"com" if number % 2 else "net"}\nSubject: Your order {4000 + number}\n\nThank you for your order.\n'
    subprocess.run(['/usr/sbin/sendmail', '-t', '-i', '-f', 'shop@example.org'], input=order, text=True, check=True)
    time.sleep(2)
P
  chmod 755 /opt/shop/bin/worker
}
act() {
  small_talk 2
  (cd / && exec setsid setpriv --reuid 33 --regid 33 --clear-groups env -i PATH=/usr/bin:/bin /opt/shop/bin/worker) & local worker=$!
  daemon_is $worker
  wait $worker
  wait_log 'to=<customer8@example.net>.*status=sent'
  small_talk 2
}
truth() {
  exec_step work '/opt/shop/bin/worker' 'the worker runs'
  exec_step hand-over 'sendmail -t -i -f shop@example.org' 'hands over a confirmation'
  mail_step sent 'to=<customer1@example.com>.*status=sent' 'to a customer'
  mail_step again 'to=<customer8@example.net>.*status=sent' 'and so on'
}
