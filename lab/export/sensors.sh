#!/bin/sh
# Writes the converted evidence of the sensors that cannot run where the recordings are made: src/decoders/<sensor>/converted.
set -eu
cd "$(dirname "$0")/../.."
phish=an0656-phishing-attachment-executed/cases/fires.zip-hidden-child
store=an1310-mail-store-harvested/cases/fires.tar-maildir-curl
for case in $phish $store; do
  name=${case##*/}
  node lab/export/auditbeat.ts "src/analytics/$case" "src/decoders/ecs/converted/$name"
  node lab/export/auditbeat.ts "src/analytics/$case" "src/decoders/ecs/converted/$name" hits
  node lab/export/convert.ts endpoint+opens "src/analytics/$case" "src/decoders/ecs/converted/$name"
  node lab/export/convert.ts tetragon "src/analytics/$case" "src/decoders/tetragon/converted/$name"
  node lab/export/convert.ts falco "src/analytics/$case" "src/decoders/falco/converted/$name"
  node lab/export/convert.ts ocsf "src/analytics/$case" "src/decoders/ocsf/converted/$name"
done
node lab/export/convert.ts tracee "src/analytics/$phish" "src/decoders/tracee/converted/${phish##*/}"
node lab/export/convert.ts tracee+v1beta1 "src/analytics/$store" "src/decoders/tracee/converted/${store##*/}"
