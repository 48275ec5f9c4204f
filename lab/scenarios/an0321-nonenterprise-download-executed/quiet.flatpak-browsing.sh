# Wrappers within wrappers, all of them ordinary.
title="Firefox in Flatpak browses and saves documents, which are read inside and outside of the sandbox"
what="Under a session of the real systemd --user, Firefox ESR as a Flatpak application saves a PDF and a table into ~/.var/app/org.mozilla.firefox/Downloads. The PDF is read by pdftotext outside of the sandbox, the table by awk and, inside of it, by a shell that flatpak run --command starts. flatpak lists what is installed. Nothing downloaded is executed."
host=ws3.example.org user=clerk daemons="cron sshd" expect=informational

setup() {
  flatpak_firefox /home/clerk/.var/app/org.mozilla.firefox/Downloads || return 1
  mkdir -p "$base/out/www/doc"; make_pdf "$base/out/www/doc/rates.pdf" Rates
  for n in 1 2 3 4 5 6 7 8 9; do echo "item$n,$((n * 7))"; done > "$base/out/www/doc/rates.csv"
}
act() {
  small_talk 2
  display_up
  user_manager clerk
  desktop_as clerk DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$(id -u clerk)/bus" -- /usr/bin/flatpak run org.mozilla.firefox --no-remote http://files.example.net/doc/rates.csv
  wait_file /home/clerk/.var/app/org.mozilla.firefox/Downloads/rates.csv 60
  desktop_as clerk DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$(id -u clerk)/bus" -- /usr/bin/flatpak run --command=curl org.mozilla.firefox -s -o /home/clerk/.var/app/org.mozilla.firefox/Downloads/rates.pdf http://files.example.net/doc/rates.pdf
  wait_file /home/clerk/.var/app/org.mozilla.firefox/Downloads/rates.pdf 30
  sleep 2
  console_as clerk <<'L'
flatpak list
cd .var/app/org.mozilla.firefox/Downloads
pdftotext rates.pdf - | head -3
awk -F, '{s += $2} END {print s}' rates.csv
flatpak run --command=sh org.mozilla.firefox -c 'head -2 ~/.var/app/org.mozilla.firefox/Downloads/rates.csv'
flatpak ps
L
  user_managers_down
  small_talk 1
}
truth() {
  exec_step sandbox 'bwrap ' 'flatpak builds the sandbox'
  exec_step browser '/app/lib/firefox/firefox-esr' 'the browser starts in it'
  file_step save 'firefox-esr rename.*/.var/app/org.mozilla.firefox/Downloads/rates.csv' 'it saves a table'
  exec_step read 'pdftotext rates.pdf' 'a document is read'
  exec_step inside 'sh -c head -2' 'and the table, in the sandbox'
}
