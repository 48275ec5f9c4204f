# mutt shows attachments through mailcap: pdftotext and tar, started by a shell.
title="mutt shows attachments through mailcap"
what="dev reads mail in mutt and views a PDF attachment and a tar archive through ~/.mailcap, which starts sh, pdftotext and tar on temporary files of mutt. The archive holds a Makefile and a script;
nothing of it is unpacked or run."
host=mx1.example.org user=dev daemons="cron sshd" expect=informational

setup() {
  printf 'application/pdf; pdftotext -layout %%s -; copiousoutput\napplication/gzip; tar tzvf %%s; copiousoutput\napplication/x-gtar-compressed; tar tzvf %%s; copiousoutput\n' > /home/dev/.mailcap
  printf 'set mbox_type=Maildir\nset folder=~/Maildir\nset spoolfile=~/Maildir\nset move=no\nset sleep_time=0\n' > /home/dev/.muttrc
  chown dev: /home/dev/.mailcap /home/dev/.muttrc
  make_pdf "$base/out/specification.pdf" "Specification"
  mkdir -p "$base/out/src"; printf 'all:\n\techo built\n' > "$base/out/src/Makefile"; printf '#!/bin/sh\necho hi\n' > "$base/out/src/configure"; chmod 755 "$base/out/src/configure"
  tar czf "$base/out/src-0.3.tar.gz" -C "$base/out" src
}
act() {
  small_talk 2
  mail_in --from author@example.net --to dev@example.org --subject "Specification and sources" --attach "$base/out/specification.pdf:application/pdf" --attach "$base/out/src-0.3.tar.gz:application/gzip"
  wait_log 'from=<author@example.net>'; wait_mail dev 1; sleep 1
  ssh_as dev <<'L'
%line mutt
%sleep 2
%keys *
%keys v
%sleep 1
%keys j
%keys \n
%sleep 1
%keys q
%keys j
%keys \n
%sleep 1
%keys q
%keys q
%keys q
%sleep 1
ls
L
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'the message is delivered'
  exec_step pdf 'pdftotext -layout' 'a viewer reads the PDF'
  exec_step list 'tar tzvf' 'tar lists the archive'
}
