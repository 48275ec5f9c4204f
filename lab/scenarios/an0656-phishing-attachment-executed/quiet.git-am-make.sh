# Patches by mail are a developer's daily bread: git am, then make, then the tests run.
title="Patch from a message applied with git am, then make"
what="dev applies a patch series from the Maildir with git am in a working copy that exists since long, runs make, and the built test program runs. The code that runs is compiled from the repository
with the patch in it; this is what a developer does with mail all day."
host=ws3.example.org user=dev daemons="cron sshd" expect=low

setup() {
  mkdir -p /home/dev/src/units
  cat > /home/dev/src/units/units.c <<'P'
#include <stdio.h>
int main(void) { printf("%d ", 12 * 2); return 0; }
P
  printf 'check: units\n\t./units\nunits: units.c\n\tcc -o units units.c\n' > /home/dev/src/units/Makefile
  printf '[user]\n\tname = dev\n\temail = dev@example.org\n' > /home/dev/.gitconfig
  chown -R dev: /home/dev/src /home/dev/.gitconfig
  as_dev() { (cd /home/dev/src/units && setpriv --reuid dev --regid dev --init-groups env -i HOME=/home/dev PATH=/usr/bin:/bin "$@"); }
  as_dev git init -q -b main . && as_dev git add . && as_dev git commit -q -m 'Start'
  sed -i 's/12 \* 2/12 * 3/' /home/dev/src/units/units.c
  as_dev git commit -q -a -m 'Count in threes'
  as_dev git format-patch -q --stdout HEAD~1 > "$base/out/patch.mbox"
  as_dev git reset -q --hard HEAD~1
  chown -R dev: /home/dev/src
}
act() {
  small_talk 2
  ssh_run dev 'cd src/units && git log --oneline && make -s'
  sed 1d "$base/out/patch.mbox" > "$base/out/patch.eml"
  outside swaks --silent 2 --server "$host_ip" --local-interface 203.0.113.40 --helo lists.example.net --from hacker-list@lists.example.net --to dev+patches@example.org --data @"$base/out/patch.eml" >/dev/null
  wait_log 'to=<dev+patches@example.org>.*status=sent'
  small_talk 1
  ssh_as dev <<'L'
cd src/units
git am $(grep -l 'Count in threes' ~/Maildir/new/*)
git log --oneline
make
L
}
truth() {
  mail_step deliver 'to=<dev.patches@example.org>.*status=sent' 'the patch arrives'
  exec_step apply 'git am ' 'git am applies it'
  exec_step build 'cc -o units units.c' 'make builds'
  exec_step run './units' 'the test program runs'
}
