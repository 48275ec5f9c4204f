# Version control carries anything.
title="Messages committed and pushed to an outside git server over SSH"
what="clerk copies the new messages of the own Maildir into ~/notes, commits them and pushes them over SSH to a repository at 203.0.113.66, port 2222."
host=mx1.example.org user=clerk daemons="cron sshd" audit_rules=audit-wide.rules

setup() { outside_sshd; git init -q --bare "$base/out/r.git"; chmod 755 "$base" "$base/out"; printf '[user]\n\tname = clerk\n\temail = clerk@example.org\n' > /home/clerk/.gitconfig; chown clerk: /home/clerk/.gitconfig; ln -s "$base/out/r.git" /opt/r.git; }
act() {
  for n in 1 2 3 4; do mail_in --from "customer$n@example.net" --to clerk@example.org --subject "Contract $n"; done
  wait_mail clerk 4
  ssh_as clerk <<'L'
cp -r Maildir/new notes; cd notes
git init -q .; git add -A; git commit -qm notes
%sleep 2
export GIT_SSH_COMMAND="ssh -p 2222 -i ~/.ssh/id_out -o StrictHostKeyChecking=no"
git push -q root@203.0.113.66:/opt/r.git HEAD:x
%sleep 2
L
  small_talk 1
}
truth() {
  exec_step copy 'cp -r Maildir/new notes' 'messages are copied'
  exec_step commit 'git commit -qm notes' 'and committed'
  exec_step push 'git push -q root@203.0.113.66' 'pushed'
  net_step connect 'ssh 203.0.113.66:2222' 'to the outside'
}
