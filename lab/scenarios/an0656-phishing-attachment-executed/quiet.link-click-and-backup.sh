# A link is clicked, and in the evening the backup reads everything that was saved.
title="Link clicked in the mail client; saved attachments backed up"
what="The clerk clicks a link: the mail client starts xdg-open, which starts the browser, which connects outside. An attached archive with a script is saved and unpacked and looked at, not run; a root job packs /home and sends it to the own backup host with rsync."
host=ws3.example.org user=clerk daemons="cron sshd" expect=low
stand_ins=("/usr/lib/thunderbird/thunderbird is a small program that reads the Maildir and saves or opens the attachment as Thunderbird does" "/usr/lib/firefox-esr/firefox-esr stands in for Firefox")

setup() {
  compile thunderbird /usr/lib/thunderbird/thunderbird; compile browser /usr/lib/firefox-esr/firefox-esr
  outside_rsyncd
  printf '#!/bin/sh\nexec /usr/lib/firefox-esr/firefox-esr 203.0.113.81 80 /status.html .cache/mozilla/page\n' > "$base/out/open"; install_file "$base/out/open" /usr/local/bin/open-link
  mkdir -p "$base/out/tool"; printf '#!/bin/sh\necho report\n' > "$base/out/tool/report.sh"; chmod 755 "$base/out/tool/report.sh"; (cd "$base/out" && zip -qr tool.zip tool)
  printf 'HOME=/\nMAILTO=""\n* * * * * root tar -C / -czf /var/backups/home.tgz home && rsync -t /var/backups/home.tgz rsync://backup.example.org/in/mx1/ && date > /var/log/backup-done\n' > /etc/cron.d/backup; chmod 644 /etc/cron.d/backup
}
act() {
  small_talk 2
  mail_in --from shop@example.com --to clerk@example.org --subject "Report tool" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/tool.zip:application/zip"
  wait_mail clerk 1; sleep 1
  desktop_as clerk -- /usr/lib/thunderbird/thunderbird --save tool.zip Downloads; desktop_wait
  desktop_as clerk -- /usr/lib/thunderbird/thunderbird --open tool.zip /usr/local/bin/open-link; desktop_wait
  console_as clerk <<'L'
cd Downloads
unzip -q tool.zip
cat tool/report.sh
L
  wait_file /var/log/backup-done 75
  rm /etc/cron.d/backup
}
truth() {
  file_step save 'thunderbird rename .*CREATE /home/clerk/Downloads/tool.zip' 'the archive is saved'
  exec_step look 'cat tool/report.sh' 'and looked at'
  exec_step backup 'tar -C / -czf /var/backups/home.tgz home' 'the backup reads everything'
  net_step send 'rsync 198.51.100.30:873' 'for the own backup host'
}
