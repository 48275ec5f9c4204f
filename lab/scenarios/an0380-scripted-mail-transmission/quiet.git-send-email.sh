# A developer sends patches through the organisation's relay.
title="git send-email sends a patch series to a list"
what="dev sends three patches with git send-email (Perl) over SMTP to the organisation's relay relay.example.org (198.51.100.20) port 587, addressed to an outside mailing list, from a terminal."
host=ws3.example.org user=dev daemons="cron sshd" expect=informational

setup() {
  mkdir -p /home/dev/src/tool; cd /home/dev/src/tool || return 1
  printf '[user]\n\tname = dev\n\temail = dev@example.org\n[sendemail]\n\tsmtpServer = relay.example.org\n\tsmtpServerPort = 587\n\tconfirm = never\n\tto = patches@lists.example.net\n' > /home/dev/.gitconfig
  as_dev() { setpriv --reuid dev --regid dev --init-groups env -i HOME=/home/dev PATH=/usr/bin:/bin "$@"; }
  chown -R dev: /home/dev/src /home/dev/.gitconfig
  as_dev git init -q -b main .
  for n in 1 2 3 4; do echo "line $n" >> notes.txt; chown dev: notes.txt; as_dev git add notes.txt; as_dev git commit -q -m "Note $n"; done
  cd /
}
act() {
  small_talk 2
  ssh_as dev <<'L'
cd src/tool
git log --oneline
git format-patch -o /tmp/series HEAD~3
git send-email --suppress-cc=all /tmp/series/*.patch
rm -r /tmp/series
L
  small_talk 2
}
truth() {
  exec_step series 'git format-patch' 'a series is written'
  exec_step send 'git-send-email|git send-email' 'git sends it'
  net_step relay 'perl 198.51.100.20:587' 'through the own relay'
}
