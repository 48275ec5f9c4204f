# One attachment again and again into one mbox: a single file grows. Its owner deletes a few messages; one came past the MTA.
title="One attachment again and again into one mbox, and what its owner did with it"
what="From ninety outside addresses the same attachment arrives for intern within half a minute. The owner deletes ten messages with mutt, and a
message is put into the mailbox by procmail, past the MTA. Others get their usual few messages."
host=mx1.example.org user=intern daemons="sshd" store=mbox

setup() {
  head -c 600 /dev/urandom > "$base/out/brochure.pdf"
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\nset delete=yes\n' > /home/intern/.muttrc
  chown intern: /home/intern/.muttrc
}
act() {
  small_talk 6
  mail_in --from 'media%n@example.com' --to intern@example.org --subject 'Brochure' --source '192.0.2.%n' --helo 'host%n.example.com' --first 11 --count 90 --every 0.3 --attach "$base/out/brochure.pdf:application/pdf" --text 'Hello.\n'
  wait_mail intern 90
  sleep 1
  ssh_as intern <<'L'
%line mutt
%sleep 2
%keys D~m1-10\n
%sleep 1
%keys $
%sleep 1
%keys q
%sleep 1
L
  printf 'Return-Path: <friend@example.net>\nReceived: from pop.example.net by ws1.example.org; %s\nDelivered-To: intern@example.org\nFrom: friend@example.net\nMessage-ID: <past.1@example.net>\n\nText.\n' "$(date -R)" > /tmp/past.eml
  chmod 644 /tmp/past.eml
  ssh_run intern "/usr/bin/procmail -f friend@example.net -d intern < /tmp/past.eml"
  small_talk 3
  keep /var/mail/intern
}
truth() {
  mail_step first 'from=<media11@example.com>' 'the first of them'
  mail_step last 'from=<media100@example.com>' 'the last of them'
  exec_step reader 'mutt' 'the owner looks'
  exec_step past 'procmail -f friend@example.net' 'a message comes past the MTA'
}
