# A busy minute that four logs tell of: counted once each it is too small to alert, counted twice it would not be.
title="A busy minute of one mailbox, told by Postfix, Amavis, Dovecot and the journal"
root=/
into=../analytics/an1009-recipient-flooded/cases/quiet.four-logs
packages="systemd amavisd-new clamav-daemon spamassassin dovecot-core dovecot-lmtpd"
. "$lib/four-logs.sh"
act() { flood 45; }
finish() {
  python3 "$lib/case-truth.py" "$base/out/truth.json" id=quiet.four-logs verdict=lookalike severityMax=informational title="A busy minute that every message of is told four times" what="45 customers write once each to clerk within a minute, with the same order form attached: too few to alert, unless messages are counted once for each log and queue id that tells of them (Postfix before and behind Amavis, Dovecot, rsyslog and journald)."
}
