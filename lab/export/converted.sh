#!/bin/sh
# Writes src/decoders/{zeek,sysmon,osquery}/converted anew from the recorded cases.
set -eu
cd "$(dirname "$0")/../.."
cases=src/analytics
zeek() { case=$1; shift; node lab/export/zeek.ts "$cases/${case%/*}/cases/${case#*/}" "src/decoders/zeek/converted/${case#*/}" "$@"; }
zeek an0656-phishing-attachment-executed/fires.zip-hidden-child --bytes 203.0.113.67:4444=3184 \
  --attachment E662DE4674=delivery-papers.zip,application/zip,3133
zeek an0656-phishing-attachment-executed/fires.zip-hidden-child --json --bytes 203.0.113.67:4444=3184 \
  --attachment E662DE4674=delivery-papers.zip,application/zip,3133
zeek an1310-mail-store-harvested/fires.tar-maildir-curl --bytes 203.0.113.66:80=18442 --ahead 240
zeek an0380-scripted-mail-transmission/fires.python-smtplib-direct --json --bytes 203.0.113.25:587=731802
zeek an0380-scripted-mail-transmission/quiet.bounces-and-queue-run --json
zeek an1310-mail-store-harvested/quiet.mutt-and-curl --json
zeek an0321-nonenterprise-download-executed/quiet.iso-checksum --json
sysmon() {
  made=$(mktemp -d)
  node lab/export/convert.ts sysmon "$cases/$1" "$made"
  mv "$made"/syslog.gz "src/decoders/sysmon/converted/$2.syslog.gz"
  rm -r "$made"
}
sysmon an0656-phishing-attachment-executed/cases/fires.zip-hidden-child zip-hidden-child
sysmon an1310-mail-store-harvested/cases/fires.tar-maildir-curl tar-maildir-curl
sysmon an0656-phishing-attachment-executed/cases/quiet.csv-own-script csv-own-script
osquery() {
  made=$(mktemp -d)
  node lab/export/convert.ts "osquery+$1" "$cases/an0656-phishing-attachment-executed/cases/$2" "$made"
  mv "$made/osqueryd.results.log.gz" "src/decoders/osquery/converted/$3.log.gz"
  [ ! -e "$made/osqueryd.snapshots.log" ] || mv "$made/osqueryd.snapshots.log" src/decoders/osquery/converted/snapshots.log
  rm -r "$made"
}
osquery sockets+lists fires.zip-hidden-child results
osquery accesses+batch quiet.mutt-mailcap-viewer batch
