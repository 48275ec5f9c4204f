title="26 letters of 3 MB from 26 relays fill one mailbox within 40 minutes"
what="dev gets a few short letters a day, in an mbox limited to 60 MB. Within 40 minutes 26 letters with a film of 3 MB each come from 26 unlike hosts and senders; the last ones do not fit any more, nor does the ordinary mail after them. Mail log only."
host=mx1.example.org user=dev store=mbox daemons="cron" audit_rules=audit-none.rules shift_plan="usual:4d flood:40m after:5h"
postfix_extra='mailbox_size_limit = 60000000'
act() {
  local n h=(gardens kayak lumen orbit piano quarz rivet salon tulip urban violet walnut xylo yard zebra atlas birch cedar delta ember fjell grove haven ivory jade karst)
  head -c 2200000 /dev/urandom > "$base/out/film.mp4"
  phase usual; small_talk 12
  for n in 1 2 3 4 5 6 7 8 9; do mail_in --from "peer$n@example.net" --to dev@example.org --subject "Patch $n" --source "203.0.113.$((n + 20))" --helo "host$((n + 20)).example.net"; [ $((n % 3)) != 0 ] || small_talk 2; done
  phase flood
  for n in $(seq 0 25); do
    mail_in --from "${h[$n]}@${h[$n]}.example.com" --to dev@example.org --subject "video of ${h[$n]}" --attach "$base/out/film.mp4:video/mp4:VID_20261$n.mp4" --source "192.0.2.$((n * 7 + 9))" --helo "mail.${h[$n]}.example.com"
    [ $((n % 9)) != 8 ] || small_talk 1
  done
  phase after
  for n in 1 2 3; do mail_in --from "peer$n@example.net" --to dev@example.org --subject "Re: Patch $n" --source "203.0.113.$((n + 20))" --helo "host$((n + 20)).example.net"; done
  small_talk 4; sleep 2
}
truth() {
  mail_step usual 'to=<dev@example.org>.*status=sent' 'the usual'
  mail_step big 'from=<gardens@gardens.example.com>, size=3' 'large letters'
  mail_step full 'to=<dev@example.org>.*status=(bounced|deferred)' 'the box is full'
}
