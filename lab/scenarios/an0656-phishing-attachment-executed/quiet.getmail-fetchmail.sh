# Two fetchers bring mail with attachments into Maildirs.
title="getmail and fetchmail fetch mailboxes over IMAP"
what="dev's getmail fetches dev's own mailbox over IMAP into ~/Mail/all; clerk's fetchmail fetches clerk's own mailbox and hands what it fetched to sendmail -i for a colleague. A program and a script are attached to some of the mail; nothing is unpacked or run."
host=ws3.example.org user=dev daemons="cron sshd dovecot" audit_rules=audit-wide.rules expect=informational

setup() {
  dovecot_config
  install -d -o dev -g dev /home/dev/Mail /home/dev/Mail/all /home/dev/Mail/all/{cur,new,tmp} /home/dev/.config /home/dev/.config/getmail
  printf '[retriever]\ntype = SimpleIMAPRetriever\nserver = 127.0.0.1\nusername = dev\npassword = lab-only\n[destination]\ntype = Maildir\npath = ~/Mail/all/\n[options]\nread_all = false\ndelete = false\n' > /home/dev/.config/getmail/getmailrc
  printf 'poll 127.0.0.1 protocol imap auth password user "clerk" password "lab-only" keep sslproto ""\n  mda "/usr/sbin/sendmail -i buyer"\n' > /home/clerk/.fetchmailrc
  chmod 600 /home/dev/.config/getmail/getmailrc /home/clerk/.fetchmailrc
  chown -R dev: /home/dev/.config /home/dev/Mail; chown clerk: /home/clerk/.fetchmailrc
  cc -O1 -o "$base/out/firmware-tool" "$lab/lib/stand-ins/beacon.c"
  printf '#!/bin/sh\necho report\n' > "$base/out/report.sh"
}
act() {
  small_talk 1
  mail_in --from tools@example.net --to dev@example.org --subject "Firmware tool" --attach "$base/out/firmware-tool:application/x-executable"
  mail_in --from tools@example.net --to clerk@example.org --subject "Script" --attach "$base/out/report.sh:text/x-shellscript"
  wait_mail dev 1; wait_mail clerk 1; sleep 1
  ssh_as dev <<'L'
getmail --rcfile=getmailrc
ls Mail/all/new | wc -l
L
  ssh_as clerk <<'L'
fetchmail --silent
L
  sleep 2
  ssh_as dev <<'L'
getmail -q
L
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'mail is delivered'
  exec_step fetch 'getmail' 'getmail starts'
  file_step write 'open(at)?:write CREATE .*Mail/all/' 'and writes the mailbox'
  exec_step fetch-too 'fetchmail' 'fetchmail starts'
  exec_step hand-over 'sendmail -i buyer' 'and hands what it fetched to the mail server'
}
