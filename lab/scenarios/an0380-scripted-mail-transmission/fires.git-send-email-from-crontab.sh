# A tool of developers carries documents out.
title="git send-email from a crontab carries documents outside as patches"
what="marek's crontab commits ~/contracts into a repository of its own and sends it with git send-email to an outside address."
user=marek daemons="cron"
people="hanna tobi ines marek jule" aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'
setup() {
  documents
  cat <<'P' | own_file /home/marek/.r/go
cd /home/marek/.r; [ -d .git ] || { git init -q; git config user.email m@example.org; git config user.name M; git config sendemail.smtpserver /usr/sbin/sendmail; git commit -q --allow-empty -m 0; }
cp -r ../contracts .; git add contracts; git commit -qm snapshot && git format-patch -q -1 -o out && git send-email --quiet --confirm=never --to=rev@drop.example.net --from=m@example.org out/*.patch
P
  crontab_of marek <<<'* * * * * sh /home/marek/.r/go'
}
act() { small_talk 2; sleep 67; wait_log 'to=<rev@drop.example.net>.*status=sent' 20; small_talk 1; }
truth() {
  exec_step job 'sh /home/marek/.r/go' 'cron starts a script'
  exec_step patch 'git format-patch' 'documents become a patch'
  exec_step send 'git-send-email' 'and a message'
  mail_step sent 'to=<rev@drop.example.net>.*status=sent' 'that leaves'
}
