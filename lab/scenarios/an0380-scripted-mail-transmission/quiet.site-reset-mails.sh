# What a web site always does: short mails to whoever asks for them.
title="Web site sends password reset mails with PHP mail()"
what="A PHP site runs as www-data and mails a reset link of a few hundred bytes to each address that asks, six of them here, five outside. Every message looks like the one before."
host=mx1.example.org user=www-data daemons="cron" expect=informational

setup() {
  mkdir -p /opt/site
  printf '<?php mail($_GET["to"], "Your new password", "Follow https://www.example.org/reset?k=" . bin2hex(random_bytes(16))); echo "sent";\n' > /opt/site/reset.php
  chown -R www-data: /opt/site
}
act() {
  (cd /opt/site && exec setpriv --reuid www-data --regid www-data --init-groups env -i PATH=/usr/bin:/bin php -S 0.0.0.0:8080 -t /opt/site >/dev/null 2>&1) & own_pids+=($!); daemon_is $!
  sleep 1
  small_talk 2
  for who in anna@example.net ben@example.com clerk@example.org carla@example.net dora@example.com emil@example.net; do outside curl -s "http://$host_ip:8080/reset.php?to=$who" >/dev/null; sleep 2; done
  wait_log 'to=<emil@example.net>.*status=sent' 20
  small_talk 1
}
truth() {
  exec_step hand-over '(sendmail|sh -c /usr/sbin/sendmail)' 'PHP starts sendmail'
  mail_step sent 'to=<anna@example.net>.*status=sent' 'one of six'
  mail_step last 'to=<emil@example.net>.*status=sent' 'the last'
}
