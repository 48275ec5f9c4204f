# A person reads the own mail and, beside it, fetches a file. The two have nothing to do with each other.
title="mutt on the own mailbox beside an unrelated curl"
what="dev reads the own mbox in mutt, then downloads a release file with curl from an outside site and posts a status to the team's own service. Nothing read from the mailbox goes anywhere."
host=mx1.example.org user=dev daemons="cron sshd" store=mbox expect=informational

setup() {
  printf 'set folder=/var/mail\nset move=no\nset sleep_time=0\n' > /home/dev/.muttrc; chown dev: /home/dev/.muttrc
  mkdir -p "$base/out/www/pub"; head -c 20000 /dev/urandom > "$base/out/www/pub/tool-1.4.tar.gz"
}
act() {
  for n in 1 2 3; do mail_in --from "list$n@lists.example.net" --to dev@example.org --subject "[list] $n" --source 203.0.113.40 --helo lists.example.net; done
  small_talk 2
  wait_mail dev 3
  ssh_as dev <<'L'
curl -sO http://files.example.net/pub/tool-1.4.tar.gz
%line mutt
%sleep 2
%keys \n
%sleep 1
%keys i
%keys q
%sleep 1
sha256sum tool-1.4.tar.gz
curl -s -d 'status=at desk' http://relay.example.org/status
rm tool-1.4.tar.gz
L
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'mail is delivered'
  exec_step fetch 'curl -sO http://files' 'a file is fetched'
  file_step read 'mutt open(at)?:(read|write) NORMAL /var/mail/dev' 'mutt reads the mailbox'
  exec_step status 'curl -s -d status' 'an unrelated post follows'
}
