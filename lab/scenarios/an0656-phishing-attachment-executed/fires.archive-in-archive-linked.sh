# Wrapped three times, renamed by a hard link, run from elsewhere a day later.
title="Archive in an archive in an archive; the program run under a hard link a day and a half later"
what="The buyer saves parts.zip with Thunderbird; unzip gives parts.7z, 7z gives parts.tar, tar gives a folder with catalogue. It is made executable and linked to ~/bin/cat20, the rest is deleted; a day and a half later ~/bin/cat20 is started and connects to 203.0.113.66. Recorded quickly; times spread by lib/shift_time.py."
host=ws3.example.org user=buyer daemons="cron dovecot"
shift_plan="first:20m between:36h second:5m"

setup() {
  dovecot_config
  mkdir -p "$base/out/p/parts" /home/buyer/bin; chown buyer: /home/buyer/bin; cc -O1 -o "$base/out/p/parts/catalogue" "$lab/lib/stand-ins/beacon.c"; chmod 644 "$base/out/p/parts/catalogue"
  (cd "$base/out/p" && tar cf parts.tar parts && 7z a -bd parts.7z parts.tar >/dev/null && zip -q parts.zip parts.7z)
}
act() {
  display_up
  phase first
  small_talk 2
  mail_in --from spares@example.net --to buyer@example.org --subject "Parts catalogue" --attach "$base/out/p/parts.zip:application/zip"
  wait_log 'from=<spares@example.net>'; wait_mail buyer 1; sleep 1
  thunderbird_save buyer parts.zip Downloads
  console_as buyer <<'L'
cd Downloads
unzip -q parts.zip; 7z x -bd parts.7z >/dev/null; tar xf parts.tar
chmod +x parts/catalogue; ln parts/catalogue ~/bin/cat20
rm -r parts parts.*
L
  phase between
  small_talk 8
  phase second
  small_talk 1
  console_as buyer <<'L'
bin/cat20 203.0.113.66 8443
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.*/home/buyer/Downloads/parts.zip' 'the client writes the attachment'
  exec_step unpack '7z.* x -bd parts.7z' 'it is unpacked, three times'
  file_step link 'ln link .*CREATE /home/buyer/bin/cat20' 'the program gets a second name'
  exec_step execute 'bin/cat20 203.0.113.66 8443' 'and is run a day and a half later'
  net_step beacon 'cat20 203.0.113.66:8443' 'it calls out'
}
