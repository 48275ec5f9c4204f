# The gate of support@ does its ordinary work: unpack, look, file, tell the ticket system.
. "$lab/lib/exim.sh"
title="Mail gate on an Exim host unpacks attachments, looks at them and files a ticket"
what="support@ pipes into a Perl gate below /usr/local/lib; it unpacks the parts with munpack, lists tar archives member by member through file, makes text of PDFs with pdftotext and posts the ticket with curl to the own ticket server relay.example.org. Exim logs through syslog."
host=mx1.example.org user=mail daemons="cron sshd" expect=informational
aliases='postmaster: root\nroot: ops\nsales: buyer\ninfo: clerk, buyer\nsupport: "|/usr/local/lib/ticketgate/ingest"\nabuse: root\n'
setup() {
  exim_host 'syslog' || return 1
  mkdir -p "$base/out/bin" "$base/out/t"
  cat > "$base/out/bin/ingest" <<'P'
#!/usr/bin/perl
use strict; use warnings; use File::Path qw(make_path);
my $dir = "/var/spool/tickets/" . time . "-$$"; make_path($dir); chdir $dir or die;
open my $raw, '>', 'message.eml' or die; print $raw $_ while <STDIN>; close $raw;
system('munpack -q message.eml >munpack.out 2>&1');
for my $file (glob '*.tar') {
  my @members = split /\n/, qx{tar -tf $file};
  for my $member (@members) { my $kind = qx{tar -xOf $file '$member' | file -b -}; open my $i, '>>', 'index'; print $i "$member: $kind"; close $i; }
}
for my $file (glob '*.pdf') { system("pdftotext $file - | head -50 > $file.txt"); }
system('curl', '-s', '-o', '/dev/null', '--data-binary', '@message.eml', 'http://relay.example.org/api/tickets');
exit 0;
P
  install_file "$base/out/bin/ingest" /usr/local/lib/ticketgate/ingest
  install -d -m 755 -o mail -g mail /var/spool/tickets
  (cd "$base/out/t"; seq 400 > console.txt; printf '#!/bin/sh\nuptime\n' > collect.sh; chmod 755 collect.sh; tar cf logs.tar console.txt collect.sh; make_pdf offer.pdf "Offer 12")
}
act() {
  small_talk 2
  mail_in --from j.brandt@example.net --to support@example.org --source 203.0.113.77 --helo host77.example.net --subject "logs as requested" --text "Hello support,\n\nthe logs are attached.\n" --attach "$base/out/t/logs.tar:application/x-tar"
  sleep 2
  mail_in --from k.odin@example.com --to support@example.org --source 203.0.113.31 --helo host31.example.net --subject "Offer" --text "Please see.\n" --attach "$base/out/t/offer.pdf:application/pdf"
  wait_log_count 'T=address_pipe' 2; sleep 3
  small_talk 2
}
truth() {
  exec_step gate 'perl.*ticketgate/ingest' 'Exim pipes the mail into the gate'
  exec_step unpack 'munpack -q message.eml' 'the gate unpacks the parts'
  exec_step list 'tar -tf logs.tar' 'lists the archive'
  exec_step look 'file -b -' 'looks at the members'
  net_step told 'curl 198.51.100.20:80' 'and tells the ticket server'
}
