# A script is downloaded, read and corrected in an editor. Nobody runs it.
title="Downloaded script edited and filed, never run"
what="The intern downloads rename-files.sh with Firefox, looks at it in vi, changes a line, makes it executable and copies it into a folder of examples. It is never started; other commands of the intern go on."
host=ws3.example.org user=intern daemons="cron sshd" expect=low

setup() { printf '#!/bin/sh\nfor f in *.JPG; do mv "$f" "${f%%.JPG}.jpg"; done\n' > "$base/out/www/rename-files.sh"; }
act() {
  display_up
  small_talk 2
  firefox_save intern http://cdn.example.com/rename-files.sh rename-files.sh
  ssh_as intern <<'L'
cd Downloads; less -F rename-files.sh
%line vi rename-files.sh
%sleep 1
%keys Go# checked\e
%keys :wq\n
%sleep 1
chmod +x rename-files.sh
mkdir -p ~/examples; cp -p rename-files.sh ~/examples/
ls -l ~/examples; wc -l ~/examples/*
L
}
truth() {
  file_step save 'firefox-esr rename.*/home/intern/Downloads/rename-files.sh' 'the browser saves a script'
  exec_step edit 'vi rename-files.sh' 'it is edited'
  exec_step file 'cp -p rename-files.sh' 'and filed'
}
