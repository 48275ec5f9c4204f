# A mailbox that exists to be flooded.
title="Spam trap takes what strangers send, every day"
what="trap@ is an address that nobody uses; its alias hands every message to a file for the filter's training. A hundred strangers a day write to it for three days, and a hundred and thirty on the fourth. Nobody reads it. Recorded quickly; times spread by lib/shift_time.py."
host=mx1.example.org user=ops daemons="cron" expect=informational
shift_plan="first:1d second:1d third:1d fourth:1d"

setup() { echo 'trap: /var/mail/trap' >> /etc/aliases; newaliases; install -o nobody -m 600 /dev/null /var/mail/trap; }
act() {
  local n
  for n in first second third; do
    phase $n
    mail_in --from "win.$n.%n@example.com" --to trap@example.org --subject 'You have won' --source '192.0.2.%n' --helo 'host%n.example.com' --first $((RANDOM % 100 + 1)) --count 100
    small_talk 4
  done
  phase fourth
  mail_in --from 'prize%n@example.net' --to trap@example.org --subject 'Last chance' --source '203.0.113.%n' --helo 'host%n.example.net' --first 20 --count 130
  small_talk 4
}
truth() {
  mail_step spam 'from=<prize20@example.net>' 'spam'
  mail_step trapped 'to=<.*trap.*status=sent' 'into the trap'
}
