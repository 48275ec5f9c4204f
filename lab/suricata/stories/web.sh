title='Names, requests and files'
what='DNS answers, a script and a program fetched by HTTP in one connection and by two, an upload, HTTPS with and without the name of the server, a name that does not exist.'
prepare() { printf '#!/bin/sh\necho tool\n' > "$work/www/tool.sh"; head -c 20000 /dev/zero | tr '\0' 'A' > "$work/www/viewer.bin"; echo '<p>status</p>' > "$work/www/status.html"; }
act() {
  in_root curl -s -o /dev/null -o /dev/null http://files.example.net/tool.sh http://files.example.net/viewer.bin?x=1
  in_root curl -s -o /dev/null http://cdn.example.com/status.html
  in_root curl -s -T /scene/www/viewer.bin http://drop.example.net/in/7
  in_root curl -s -k -o /dev/null https://webmail.example.com/inbox
  in_root curl -s -k -o /dev/null https://203.0.113.82/
  in_root curl -s -o /dev/null http://nowhere.example.net/
  true
}
finish() { :; }
