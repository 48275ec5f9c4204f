# The browser hands an address to an installed application.
title="URL-scheme handler: the browser starts an installed application"
what="A meeting link: xdg-open under the browser starts the installed conference application (package-owned place, /opt/meet/meet), which connects to its service; a calendar file is saved and opened by a viewer."
host=ws3.example.org user=clerk daemons="cron" expect=informational
stand_ins=("/opt/meet/meet stands in for a conference application")

setup() {
  compile beacon /opt/meet/meet
  printf 'BEGIN:VCALENDAR\nEND:VCALENDAR\n' > "$base/out/www/invite.ics"
}
act() {
  display_up
  small_talk 2
  firefox_save clerk http://chat.example.com/invite.ics invite.ics
  desktop_as clerk -- /bin/sh -c 'less Downloads/invite.ics >/dev/null; exec /opt/meet/meet 203.0.113.82 8443'; desktop_wait
  small_talk 1
}
truth() {
  file_step save 'firefox-esr rename.*/home/clerk/Downloads/invite.ics' 'an invitation is saved'
  exec_step open 'less Downloads/invite.ics' 'and looked at'
  net_step meeting 'meet 203.0.113.82:8443' 'the application joins'
}
