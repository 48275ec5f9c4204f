title="A slow ramp of sign-up mails through LMTP, from strangers everywhere"
what="Dovecot's LMTP delivers. Three ordinary days, then, for eleven hours, more and more welcome and confirmation mails of unrelated lists and shops to clerk, each from its own sender and address, with real letters between them. Recorded quickly, spread by lib/shift_time.py."
user=clerk daemons="cron dovecot"
shift_plan="usual:3d h1:2h h2:2h h3:2h h4:2h h5:2h h6:1h"
postfix_extra="mailbox_transport = lmtp:unix:private/dovecot-lmtp"
setup() {
  dovecot_config
  sed -i 's/^protocols = imap/protocols = imap lmtp/' /etc/dovecot/dovecot.conf
  cat >> /etc/dovecot/dovecot.conf <<'P'
auth_username_format = %Ln
service lmtp {
  unix_listener /var/spool/postfix/private/dovecot-lmtp {
    mode = 0666
  }
}
P
}
topics=("Confirm your subscription" "Welcome to our newsletter" "Bitte bestaetigen Sie Ihre Anmeldung" "Votre compte a ete cree" "Your account is ready" "Activa tu cuenta" "Thanks for registering" "Verify your e-mail")
wave() { # first count
  local i n
  for i in $(seq "$1" $(( $1 + $2 - 1 ))); do
    n=$(( (i * 37) % 250 + 2 ))
    if [ $((i % 2)) = 0 ]; then mail_in --from "noreply@shop$i.example.com" --to clerk@example.org --subject "${topics[$((i % 8))]}" --source "192.0.2.$n" --helo "host$n.example.com"
    else mail_in --from "bounce+$i@list$i.example.net" --to clerk@example.org --subject "${topics[$((i % 8))]}" --source "203.0.113.$n" --helo "host$n.example.net"; fi
  done
}
act() {
  phase usual; small_talk 14
  phase h1; wave 1 12; small_talk 2
  phase h2; wave 20 25; small_talk 2
  phase h3; wave 50 45; mail_in --from partner@example.net --to clerk@example.org --subject 'The contract, signed'
  phase h4; wave 100 70; small_talk 2
  phase h5; wave 180 100; small_talk 1
  phase h6; wave 290 80; mail_in --from alerts@bank.example.com --to clerk@example.org --subject 'Transfer of 18 400 EUR ordered'; small_talk 1
}
truth() {
  mail_step usual 'to=<.*@example.org>.*status=sent' 'an ordinary day'
  mail_step first 'from=<bounce\+1@list1.example.net>' 'the first'
  mail_step lmtp 'postfix/lmtp.*to=<clerk@example.org>.*status=sent' 'by LMTP'
  mail_step last 'from=<(noreply@shop|bounce.*)3[56]' 'the last'
  mail_step warning 'from=<alerts@bank.example.com>' 'one real warning'
}
