# A link is clicked, and in the evening the backup reads everything that was saved.
title="Link clicked in the mail client; saved attachments backed up"
what="The clerk reads the mailbox with Thunderbird, over IMAP from Dovecot on the host itself, saves an attached archive with a script, and clicks a link of the message: Thunderbird starts Firefox, which connects outside. The archive is unpacked and the script looked at, not run; a root job packs /home and sends it to the own backup host with rsync."
host=ws3.example.org user=clerk daemons="cron sshd dovecot" expect=low

setup() {
  dovecot_config; firefox_policies /etc/firefox/policies /home/clerk/Downloads
  mkdir -p "$base/out/www"; echo '<p>all well</p>' > "$base/out/www/status.html"; install -d -o clerk -g clerk /home/clerk/Downloads /home/clerk/.config
  printf '[Default Applications]\nx-scheme-handler/http=firefox-esr.desktop\n' > /home/clerk/.config/mimeapps.list; chown clerk: /home/clerk/.config/mimeapps.list
  outside_rsyncd
  mkdir -p "$base/out/tool"; printf '#!/bin/sh\necho report\n' > "$base/out/tool/report.sh"; chmod 755 "$base/out/tool/report.sh"; (cd "$base/out" && zip -qr tool.zip tool)
  printf 'HOME=/\nMAILTO=""\n* * * * * root tar -C / -czf /var/backups/home.tgz home && rsync -t /var/backups/home.tgz rsync://backup.example.org/in/mx1/ && date > /var/log/backup-done\n' > /etc/cron.d/backup; chmod 644 /etc/cron.d/backup
}
act() {
  display_up
  small_talk 2
  mail_in --from shop@example.com --to clerk@example.org --subject "Report tool" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/tool.zip:application/zip"
  wait_mail clerk 1; sleep 1
  thunderbird_as clerk save tool.zip /home/clerk/Downloads; wait_file /home/clerk/Downloads/tool.zip 20
  python3 "$lab/lib/marionette.py" 40 "$lab/lib/thunderbird.js" clerk link tool.zip http://files.example.net/status.html >&2
  sleep 8; close_of clerk firefox-esr; desktop_close
  console_as clerk <<'L'
cd Downloads
unzip -q tool.zip
cat tool/report.sh
L
  wait_file /var/log/backup-done 75
  rm /etc/cron.d/backup
}
truth() {
  file_step save 'thunderbird.*/home/clerk/Downloads/tool.zip' 'the archive is saved'
  exec_step click 'firefox-esr http://files.example.net/status.html' 'a link is clicked'
  net_step page 'firefox-esr 203.0.113.[0-9]*:80' 'the browser shows the page'
  exec_step look 'cat tool/report.sh' 'and looked at'
  exec_step backup 'tar -C / -czf /var/backups/home.tgz home' 'the backup reads everything'
  net_step send 'rsync 198.51.100.30:873' 'for the own backup host'
}
