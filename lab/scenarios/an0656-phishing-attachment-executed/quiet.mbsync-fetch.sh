# A fetcher writes a whole mailbox with attachments into ~/Mail; a script of the user's own counts messages.
title="mbsync fetches a mailbox into ~/Mail"
what="dev's own machine also serves IMAP (Dovecot) for dev; mbsync copies the mailbox over IMAP into ~/Mail/office, executable attachments included, and an own old script in ~/bin counts new messages.
No attachment is unpacked."
host=ws3.example.org user=dev daemons="cron sshd dovecot" expect=informational

setup() {
  dovecot_config
  cat > /home/dev/.mbsyncrc <<'P'
IMAPAccount office
Host 127.0.0.1
Port 143
User dev
Pass lab-only
SSLType None
AuthMechs LOGIN

IMAPStore office-remote
Account office

MaildirStore office-local
Path ~/Mail/
Inbox ~/Mail/office

Channel office
Far :office-remote:
Near :office-local:
Patterns INBOX
Create Near
P
  chmod 600 /home/dev/.mbsyncrc
  install -d -o dev -g dev /home/dev/Mail /home/dev/bin
  printf '#!/bin/sh\nls "$HOME/Mail/office/new" | wc -l\n' > /home/dev/bin/newmail; chmod 755 /home/dev/bin/newmail
  chown -R dev: /home/dev/bin /home/dev/.mbsyncrc
  cc -O1 -o "$base/out/firmware-tool" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 3
  mail_in --from tools@example.net --to dev@example.org --subject "Firmware tool" --attach "$base/out/firmware-tool:application/x-executable"
  mail_in --from tools@example.net --to dev@example.org --subject "Manual" --text "Read this first.\n"
  wait_mail dev 2; sleep 1
  ssh_as dev <<'L'
~/bin/newmail 2>/dev/null
mbsync office
~/bin/newmail
ls Mail/office
L
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'mail is delivered'
  exec_step fetch 'mbsync office' 'mbsync starts'
  file_step write 'mbsync open(at)?:write CREATE .*Mail/office/' 'and writes the mailbox'
  exec_step count '/home/dev/bin/newmail' 'an own script counts'
}
