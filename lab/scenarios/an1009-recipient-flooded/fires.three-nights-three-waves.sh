title="Three waves in three nights, each from elsewhere, none alike"
what="clerk gets six letters a day. In three nights a wave comes: 70 sign-up confirmations from many hosts over IPv4, 65 calendar invitations from two freemail hosts with many senders, 75 contact-form copies from one hosting company's hosts, to clerk, clerk+shop and info@ (alias of clerk alone). Between the waves ordinary days."
user=clerk daemons="cron" aliases='postmaster: root\nroot: ops\ninfo: clerk\nabuse: root\n' audit_format=RAW
shift_plan="u1:1d u2:14h n1:40m d1:23h n2:40m d2:23h n3:40m d3:6h"
setup() { printf -- '-D\n-b 8192\n-f 1\n-w /etc/passwd -p wa -k identity\n-a always,exit -F arch=b64 -S execve -F euid=0 -F auid>=1000 -F auid!=unset -k privileged\n' > /etc/audit/audit.rules; }
letter() { mail_in --from "partner$1@example.net" --to clerk@example.org --subject "Offer $1" --source "203.0.113.$((20 + $1 % 4))" --helo "host$((20 + $1 % 4)).example.net"; }
day() { local i; for i in 1 2 3 4 5 6; do letter $(($1 * 6 + i)); done; small_talk 3; }
act() {
  phase u1; day 1; phase u2; day 2
  phase n1; mail_in --from 'noreply@site%n.example.com' --to clerk@example.org --subject 'Confirm your address' --source '192.0.2.%n' --helo 'host%n.example.com' --first 20 --count 70
  phase d1; day 3
  phase n2; mail_in --from 'person%n@freemail.example.net' --to clerk+shop@example.org --subject 'Invitation: sync %n' --source 203.0.113.10 --helo mail.example.net --count 35; mail_in --from 'guest%n@post.example.com' --to clerk@example.org --subject 'Invitation: call %n' --source 192.0.2.44 --helo host44.example.com --count 30
  phase d2; day 4
  phase n3; mail_in --from 'wordpress@blog%n.example.net' --to info@example.org --subject 'Copy of your message' --source '203.0.113.15%n' --helo 'host150.example.net' --first 0 --count 6; mail_in --from 'wordpress@blog%n.example.net' --to info@example.org --subject 'Copy of your message' --source '203.0.113.151' --helo 'host151.example.net' --first 10 --count 69
  phase d3; letter 31; small_talk 3
}
truth() {
  mail_step first 'from=<noreply@site20.example.com>' 'the first wave'
  mail_step second 'from=<guest30@post.example.com>' 'the second'
  mail_step third 'from=<wordpress@blog78.example.net>' 'the third'
}
