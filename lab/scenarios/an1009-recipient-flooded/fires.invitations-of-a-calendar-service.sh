title="Hundreds of calendar invitations and shared documents fill one mailbox"
what="ops gets about eight letters a day. On the third day, within two hours, 190 invitations to meetings and notices of shared files come from three hosts of one calendar provider, each with another inviter in the envelope (name+calendar-id), with an .ics attached; among them a password-changed notice of the domain's registrar. The mail log only, traditional."
user=ops daemons="cron" audit_rules=audit-none.rules
shift_plan="u1:1d u2:1d f:2h"
setup() { printf 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:You won\nEND:VEVENT\nEND:VCALENDAR\n' > "$base/out/i.ics"; }
usual() { mail_in --from 'partner%n@example.net' --to ops@example.org --count 5 --source '203.0.113.2%n' --helo 'host2%n.example.net'; mail_in --from 'cal+team%n@example.com' --to ops@example.org --subject 'Invitation: weekly' --attach "$base/out/i.ics" --source 192.0.2.71 --helo host71.example.com; mail_in --from billing@registrar.example.net --to ops@example.org --subject 'Your domains' --source 203.0.113.61 --helo host61.example.net; small_talk 6; }
wave() { mail_in --from "$1" --to ops@example.org --subject "$2" --attach "$base/out/i.ics" --source "$3" --helo "$4" --first "$5" --count "$6" --every 0.05; }
act() {
  phase u1; usual; phase u2; usual; phase f
  wave 'maria.k%n+3fe%n@example.com' 'Invitation: Payout %n @ today' 192.0.2.71 host71.example.com 100 70 & local a=$!
  wave 'j.owens%n+9ac%n@example.com' 'Invitation: gift card %n' 192.0.2.73 host73.example.com 200 70 & local b=$!
  wave 'drive-shares%n@example.com' 'crypto-%n.pdf was shared with you' 192.0.2.75 host75.example.com 300 50 & local c=$!
  small_talk 3; mail_in --from noreply@registrar.example.net --to ops@example.org --subject 'Password changed' --source 203.0.113.61 --helo host61.example.net; small_talk 2; wait $a $b $c
}
truth() {
  mail_step first 'from=<maria.k100\+3fe100@example.com>' 'the first invitation'
  mail_step one 'from=<noreply@registrar.example.net>' 'the one that matters'
  mail_step last 'from=<j.owens269\+9ac269@example.com>' 'the last'
}
