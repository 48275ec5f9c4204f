# The mail client takes care of itself: it writes files and starts programs, none of them out of a message.
title="Mail client crashes and reports it, and updates itself"
what="buyer's Thunderbird lies in /opt/thunderbird, as from the vendor's archive. It reads new mail over IMAP from Dovecot on the host itself (a program is attached to one message) and crashes: it writes a minidump into its profile and starts its crash reporter, which uploads it with curl. Started again, it fetches an update into ~/.cache/thunderbird, copies its updater there, as Mozilla's programs do, and starts the copy, which replaces a file of the installation."
host=ws3.example.org user=buyer daemons="dovecot" expect=low
stand_ins=("/opt/thunderbird/updater is a small program that replaces one file: Debian builds Thunderbird without updates, so the running Thunderbird fetches one and starts it by lib/thunderbird-update.js")

# Debian's Thunderbird, with the crash reporter of the same release, which Debian ships with Firefox only.
setup() {
  dovecot_config
  taken_from thunderbird firefox-esr; cp -rL /usr/lib/thunderbird /opt/; cp /usr/lib/firefox-esr/crashreporter /opt/thunderbird/; cc -O1 -o /opt/thunderbird/updater "$lab/lib/stand-ins/mozupdater.c"
  chown -R buyer: /opt/thunderbird
  thunderbird_profile buyer /home/buyer/.thunderbird
  printf '[Profile0]\nName=desk\nIsRelative=1\nPath=desk.default\nDefault=1\n\n[General]\nStartWithLastProfile=1\nVersion=2\n' > /home/buyer/.thunderbird/profiles.ini; chown buyer: /home/buyer/.thunderbird/profiles.ini
  head -c 30000 /dev/urandom > "$base/out/www/update.mar"
  cc -O1 -o "$base/out/tool" "$lab/lib/stand-ins/beacon.c"
}
# The crash reporter's window is answered beforehand: it sends, and to a host of the laboratory.
opened() {
  desktop_as buyer MOZ_DISABLE_CONTENT_SANDBOX=1 MOZ_CRASHREPORTER_AUTO_SUBMIT=1 MOZ_CRASHREPORTER_URL=http://cdn.example.com/submit -- /opt/thunderbird/thunderbird -P desk --marionette -remote-allow-system-access
  python3 "$lab/lib/marionette.py" 60 "$lab/lib/thunderbird.js" buyer read tool >&2
}
act() {
  display_up
  small_talk 2
  mail_in --from tools@example.com --to buyer@example.org --subject "Tool" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/tool:application/x-executable"
  wait_mail buyer 1; sleep 1
  opened
  kill -SEGV "$(pgrep -u buyer -o '^thunderbird')"; desktop_wait; sleep 6
  opened
  python3 "$lab/lib/marionette.py" 40 "$lab/lib/thunderbird-update.js" /opt/thunderbird http://cdn.example.com/update.mar >&2
  desktop_close
  small_talk 1
}
truth() {
  net_step fetch 'thunderbird.* 127.0.0.1:143' 'the mail client fetches the messages'
  file_step crash 'thunderbird.*minidumps/.*dmp' 'it crashes and writes a minidump'
  exec_step report '/opt/thunderbird/crashreporter .*dmp' 'the crash reporter starts'
  net_step upload 'curl 203.0.113.81:80' 'and uploads it'
  exec_step update '.cache/thunderbird/updates/0/updater' 'the updater runs from the cache'
}
