#!/bin/sh
# Writes lab/same-story/evidence anew: the recorded case in the forms of other sensors.
set -eu
cd "$(dirname "$0")/../.."
case=src/analytics/an0656-phishing-attachment-executed/cases/fires.zip-hidden-child
to=lab/same-story/evidence
node lab/export/auditbeat.ts $case $to/ecs
node lab/export/convert.ts sysmon $case $to/sysmon
node lab/export/convert.ts osquery $case $to/osquery-zeek
node lab/export/convert.ts osquery+sockets $case $to/osquery-sockets-zeek
for both in osquery-zeek osquery-sockets-zeek; do
  node lab/export/zeek.ts $case $to/$both --json --bytes 203.0.113.67:4444=3184 \
    --attachment E662DE4674=delivery-papers.zip,application/zip,3133
done
