# An attachment without an execute bit is started through the dynamic loader and goes on from memory.
title="Attachment started through the dynamic loader, goes on from a memfd"
what="Thunderbird reads the buyer's mailbox over IMAP from Dovecot on the host itself and saves scan_0117 into ~/Desktop. It is started with ld-linux from a desktop launcher line, without an execute bit; it copies itself into
an anonymous file (memfd_create), executes that, deletes the attachment, and the copy in memory connects to 203.0.113.66 port 443."
host=ws3.example.org user=buyer daemons="cron dovecot" syslog_format=iso

setup() {
  dovecot_config
  cc -O1 -o "$base/out/scan_0117" "$lab/lib/stand-ins/memory.c"
}
act() {
  display_up
  small_talk 2
  mail_in --from scanner@example.net --to buyer@example.org --subject "Scan 0117" --attach "$base/out/scan_0117:application/octet-stream"
  wait_log 'from=<scanner@example.net>'; wait_mail buyer 1
  sleep 1
  thunderbird_save buyer scan_0117 Desktop
  sleep 2
  desktop_as buyer -- /bin/sh -c '/lib64/ld-linux-x86-64.so.2 "$HOME/Desktop/scan_0117"; rm -f "$HOME/Desktop/scan_0117"; true'
  desktop_wait
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'the message is delivered'
  net_step fetch 'thunderbird.* 127.0.0.1:143' 'the mail client fetches it'
  file_step save 'thunderbird.*/home/buyer/Desktop/scan_0117' 'and writes the attachment'
  exec_step execute 'ld-linux-x86-64.so.2 /home/buyer/Desktop/scan_0117' 'the loader starts it'
  exec_step memory 'memfd:' 'it executes a copy of itself from memory'
  net_step beacon '203.0.113.66:443' 'the copy calls out'
  file_step tidy 'rm unlink.*scan_0117' 'the file is deleted'
}
