# The exercise of e2e.sh: as scenarios/an0656-phishing-attachment-executed/fires.thunderbird-elf-terminal, shortened, and with a stand-in for
# Thunderbird: it must run where no mail client, IMAP server or display is installed.
title="Live exercise" what="" host=ws3.example.org user=clerk daemons="" store=maildir

setup() {
  compile thunderbird /usr/lib/thunderbird/thunderbird
  cc -O1 -o "$base/out/beacon" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 1
  mail_in --from billing@example.com --to clerk@example.org --subject "Statement 0426-113, viewer enclosed" --source 203.0.113.25 \
    --helo smtp.example.com --attach "$base/out/beacon:application/x-executable:StatementViewer"
  wait_log 'from=<billing@example.com>'; wait_mail clerk 1
  sleep 1
  desktop_as clerk -- /usr/lib/thunderbird/thunderbird --save StatementViewer Downloads
  desktop_wait
  sleep "$LAB_PAUSE"
  desktop_as clerk -- /bin/sh -c 'cd "$HOME/Downloads" && chmod +x StatementViewer && sleep 0.5 && ./StatementViewer'
  desktop_wait
}
