# A bombing that four logs tell of: Postfix before and behind Amavis, Dovecot, rsyslog's file and the journal.
title="One mailbox flooded, told by Postfix, Amavis, Dovecot and the journal"
root=/
into=../analytics/an1009-recipient-flooded/cases/fires.four-logs
packages="systemd amavisd-new clamav-daemon spamassassin dovecot-core dovecot-lmtpd"
. "$lib/four-logs.sh"
act() { flood 90; }
finish() {
  python3 "$lib/case-truth.py" "$base/out/truth.json" id=fires.four-logs verdict=attack severityMin=medium title="A flood that every message of is told four times" what="90 strangers write once each to clerk within a minute or two, with the same archive attached. Postfix hands each message to Amavis, Amavis hands it back, Postfix hands it to Dovecot by LMTP; rsyslog writes mail.log and journald keeps the journal, so that each line is there twice."
}
