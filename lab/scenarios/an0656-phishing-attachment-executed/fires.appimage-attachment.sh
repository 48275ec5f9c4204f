# One file that is a whole application.
title="Attachment that calls itself an AppImage, made executable and started from the desktop session"
what="The clerk saves Timetracker-2.1-x86_64.AppImage with Thunderbird, makes it executable in a terminal and starts it. It connects to 203.0.113.67 port 8443. It is a program of the laboratory under such a name: nothing is mounted."
host=ws3.example.org user=clerk daemons="cron dovecot" audit_rules=audit-wide.rules
stand_ins=("Timetracker-2.1-x86_64.AppImage is one small program without a file system image behind it")

setup() {
  dovecot_config
  cc -O1 -o "$base/out/Timetracker-2.1-x86_64.AppImage" "$lab/lib/stand-ins/beacon.c"; }
act() {
  display_up
  small_talk 2
  mail_in --from projects@example.com --to clerk@example.org --subject "Time tracking from Monday" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/Timetracker-2.1-x86_64.AppImage:application/vnd.appimage"
  wait_log 'from=<projects@example.com>'; wait_mail clerk 1; sleep 1
  thunderbird_save clerk Timetracker-2.1-x86_64.AppImage Downloads
  sleep 2
  console_as clerk <<'L'
chmod a+x ~/Downloads/*.AppImage
L
  desktop_as clerk -- /home/clerk/Downloads/Timetracker-2.1-x86_64.AppImage 203.0.113.67 8443; desktop_wait
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.*.*AppImage' 'the mail client saves the attachment'
  file_step chmod '/chmod chmod .*AppImage' 'it is made executable'
  exec_step execute 'Timetracker-2.1-x86_64.AppImage 203.0.113.67' 'the desktop starts it'
  net_step beacon '203.0.113.67:8443' 'it calls out'
}
