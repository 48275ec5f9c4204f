# lib/nights.py moves the recorded nights a day apart.
title="The nightly DMARC reports to the domains that ask for them"
what="A timer starts /opt/dmarc/send-reports (Perl, root's file, account opendmarc) each night: for each domain seen by day it writes an XML report, packs it with gzip and sends it with Net::SMTP through the own Postfix to the address that the domain publishes. Seven nights, mostly the same domains."
host=mx1.example.org user=opendmarc daemons="cron sshd" expect=informational syslog_format=iso
setup() {
  useradd -r -d /opt/dmarc -s /usr/sbin/nologin opendmarc 2>/dev/null; mkdir -p /opt/dmarc/spool; chown opendmarc: /opt/dmarc/spool
  cat > /opt/dmarc/send-reports <<'P'
#!/usr/bin/perl
use strict; use Net::SMTP; use MIME::Base64; use POSIX;
my %ask = ('example.net' => 'dmarc-rua@example.net', 'example.com' => 'reports@example.com', 'lists.example.net' => 'postmaster@lists.example.net');
open my $h, '<', '/opt/dmarc/spool/seen' or exit 0; my @seen = <$h>; close $h; chomp @seen;
my $day = shift @seen;
for my $d (@seen) {
  my $f = "/opt/dmarc/spool/example.org!$d!$day.xml";
  open my $o, '>', $f; print $o "<feedback><report_metadata><org_name>example.org</org_name></report_metadata><policy_published><domain>$d</domain></policy_published><record><row><source_ip>203.0.113.10</source_ip><count>", 3 + length $d, "</count></row></record></feedback>\n"; close $o;
  system 'gzip', '-f', $f; open my $z, '<', "$f.gz"; binmode $z; local $/; my $body = encode_base64(<$z>); close $z;
  my $s = Net::SMTP->new('127.0.0.1', Hello => 'mx1.example.org') or next;
  $s->mail('noreply-dmarc@example.org'); $s->to($ask{$d}); $s->data;
  $s->datasend("From: noreply-dmarc\@example.org\nTo: $ask{$d}\nSubject: Report Domain: $d Submitter: example.org Report-ID: $day\nMIME-Version: 1.0\nContent-Type: application/gzip; name=\"example.org!$d!$day.xml.gz\"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n$body");
  $s->dataend; $s->quit; unlink "$f.gz";
}
P
  chmod 755 /opt/dmarc/send-reports
}
act() {
  local i; for i in 1 2 3 4 5 6 7; do
    logger -t nightmark "n$i"; sleep 0.5; small_talk 3; { echo "day$i"; echo example.net; echo example.com; [ $((i % 3)) = 0 ] && echo lists.example.net; } > /opt/dmarc/spool/seen
    service opendmarc HOME=/opt/dmarc /opt/dmarc/send-reports; wait_log_count 'to=<reports@example.com>.*status=sent' $i 20; sleep 1
    [ $i = 5 ] && ssh_run clerk 'echo "as agreed" | mail -s Terms partner3@example.net'
  done
  small_talk 2
}
truth() {
  exec_step start '/opt/dmarc/send-reports' 'the reports are made'
  exec_step pack 'gzip -f' 'packed'
  net_step hand-over 'perl 127.0.0.1:25' 'handed to the own server'
  mail_step sent 'to=<dmarc-rua@example.net>.*status=sent' 'sent'
}
