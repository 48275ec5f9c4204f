# What a web site always does, with the real software: WordPress on Apache and MariaDB.
title="WordPress mails password resets and comments to be moderated"
what="apache2 with PHP runs WordPress, the real one, as www-data, its database is MariaDB. Readers outside register and ask for a new password: WordPress (PHPMailer, PHP's mail()) hands each a short message through sendmail; comments are told to the author, an administrator of the site gets a note of every new account. Six people, five of them outside."
host=mx1.example.org user=www-data daemons="cron" expect=informational

. "$lab/lib/weblog.sh"
setup() { weblog; }
act() {
  weblog_up
  small_talk 2
  for who in anna@example.net ben@example.com carla@example.net dora@example.com emil@example.net; do
    weblog_post "wp-login.php?action=register" "user_login=${who%@*}&user_email=$who"; sleep 1
    weblog_post "wp-login.php?action=lostpassword" "user_login=${who%@*}"; sleep 1
  done
  weblog_post "wp-login.php?action=lostpassword" "user_login=editor"
  weblog_post wp-comments-post.php "comment=I+agree&author=Gina&email=gina@example.net&url=&submit=Post+Comment&comment_post_ID=1&comment_parent=0"
  wait_log_count 'to=<emil@example.net>.*status=sent' 2 20
  small_talk 1
}
truth() {
  exec_step hand-over '(sendmail -t -i|sh -c /usr/sbin/sendmail -t -i)' 'PHP starts sendmail'
  mail_step sent 'to=<anna@example.net>.*status=sent' 'one of five readers'
  mail_step last 'to=<emil@example.net>.*status=sent' 'the last'
  mail_step inside 'to=<clerk@example.org>.*status=sent' 'the editor of the site'
}
