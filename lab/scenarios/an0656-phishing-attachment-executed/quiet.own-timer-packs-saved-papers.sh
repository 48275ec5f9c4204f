title="A unit and timer written by hand the same hour papers are saved"
what="buyer saves a PDF and an archive with drawings from messages, writes with vim a user service and timer that packs ~/Documents with an own script to ~/keep, enables the timer and starts the service once; the archive is unpacked and its pictures listed. Nothing of the mail is executed. rfc5424."
host=ws3.example.org user=buyer daemons="cron dovecot" syslog_format=rfc5424 expect=informational
setup() {
  dovecot_config
  make_pdf "$base/out/offer-771.pdf" "Offer 771"
  mkdir -p "$base/out/dr" /home/buyer/bin /home/buyer/keep /home/buyer/.config/systemd/user
  for i in 1 2 3; do head -c 2000 /dev/urandom > "$base/out/dr/sheet$i.png"; done
  (cd "$base/out" && zip -qr drawings.zip dr)
  printf '#!/bin/sh\ntar -C "$HOME" -czf "$HOME/keep/documents-$(date +%%u).tgz" Documents\n' > /home/buyer/bin/keep-documents; chmod 755 /home/buyer/bin/keep-documents
  chown -R buyer: /home/buyer
}
act() {
  user_manager buyer
  display_up
  small_talk 2
  mail_in --from quotes@example.net --to buyer@example.org --subject "Offer 771" --source 203.0.113.71 --helo host71.example.net --attach "$base/out/offer-771.pdf:application/pdf" --attach "$base/out/drawings.zip:application/zip"
  wait_mail buyer 1; sleep 1
  thunderbird_save buyer drawings.zip Documents
  thunderbird_save buyer offer-771.pdf Documents
  console_as buyer <<'L'
cd Documents; unzip -q drawings.zip; ls dr
pdftotext offer-771.pdf - | head -2
cd
%line vim .config/systemd/user/keep.service
%sleep 1
%keys i[Service]\nType=oneshot\nExecStart=%h/bin/keep-documents\n
%sleep 1
%keys \e
%keys :wq\n
%sleep 1
printf '[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n' > .config/systemd/user/keep.timer
systemctl --user daemon-reload
systemctl --user enable --now keep.timer
systemctl --user start keep.service
%sleep 1
ls -l keep
L
  small_talk 1
  user_managers_down
}
truth() {
  file_step save 'thunderbird.*drawings.*zip' 'saved'
  exec_step unpack 'unzip -q drawings.zip' 'unpacked'
  exec_step timer 'systemctl --user enable --now keep.timer' 'the own timer'
  exec_step own 'sh /home/buyer/bin/keep-documents' 'the own script packs the folder'
}
