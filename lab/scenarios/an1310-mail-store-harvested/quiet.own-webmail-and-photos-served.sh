title="A page of one's own shows the own letters, and a folder of photos is handed to the family, both by servers started by hand"
what="anna has a small page in ~/lettere that lists her Maildir and shows one letter. From her login she starts php -S over that folder on all addresses and looks at the page from her desk; then python3 -m http.server in ~/foto, from which the pictures are fetched. mutt and grep besides. Nothing stands over the store itself."
host=mx1.example.org user=anna daemons="cron sshd" expect=informational
people="anna renzo ops gina"
aliases='postmaster: root\nroot: ops\ninfo: gina\nabuse: root\n'
setup() {
  mkdir -p /home/anna/lettere /home/anna/foto
  cat > /home/anna/lettere/index.php <<'P'
<?php
$all = array_merge(glob('/home/anna/Maildir/new/*'), glob('/home/anna/Maildir/cur/*'));
if (isset($_GET['n'])) { echo '<pre>', htmlspecialchars(file_get_contents($all[(int) $_GET['n']])), '</pre>'; exit; }
foreach ($all as $n => $file) {
  foreach (file($file) as $line) if (strncmp($line, 'Subject:', 8) === 0) { echo "<a href=\"?n=$n\">", htmlspecialchars($line), "</a><br>\n"; break; }
}
P
  local n; for n in 1 2 3 4 5; do head -c 9000 /dev/urandom > /home/anna/foto/mare$n.jpg; done
  chown -R anna: /home/anna/lettere /home/anna/foto
}
act() {
  letters anna 9
  small_talk 2
  ssh_as anna <<'L'
nohup php -S 0.0.0.0:8080 -t /home/anna/lettere >/dev/null 2>&1 &
%sleep 1
L
  outside curl -s -o /dev/null --interface 198.51.100.50 "http://$host_ip:8080/"
  local n; for n in 0 2 4; do outside curl -s -o /dev/null --interface 198.51.100.50 "http://$host_ip:8080/?n=$n"; sleep 0.5; done
  ssh_as anna <<'L'
grep -l preventivo Maildir/cur/* Maildir/new/*
cd foto
nohup python3 -m http.server 8000 >/dev/null 2>&1 &
%sleep 1
L
  for n in 1 2 3 4 5; do outside curl -s -o /dev/null --interface 203.0.113.150 "http://$host_ip:8000/mare$n.jpg"; sleep 0.3; done
  ssh_as anna <<'L'
%line mutt -f ~/Maildir
%sleep 2
%keys q
L
  small_talk 1
}
truth() {
  exec_step page 'php.* -S 0.0.0.0:8080 -t /home/anna/lettere' 'her page'
  file_step letters 'php.* openat:read NORMAL .*Maildir/(new|cur)/' 'it shows her letters'
  exec_step photos 'python3 -m http.server 8000' 'photos for the family'
  file_step photo 'python3.* openat:read NORMAL .*mare' 'they are fetched'
}
