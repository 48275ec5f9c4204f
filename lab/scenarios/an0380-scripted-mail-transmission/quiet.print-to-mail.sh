title="Print to mail: a spooler's back end sends the page to who printed it"
what="A print back end (root-owned, started by the service manager as lp) takes files of a spool folder, makes them one PDF and hands it to sendmail -t for the person's own address. Three jobs of three people."
user=lp daemons="cron sshd" expect=informational syslog_format=iso
setup() {
  mkdir -p /var/spool/mailprint; chown lp: /var/spool/mailprint; make_pdf /var/spool/mailprint/clerk.1.pdf "Page of clerk"; make_pdf /var/spool/mailprint/dev.2.pdf "Plan"; make_pdf /var/spool/mailprint/buyer.3.pdf "Order"
  cat > "$base/out/mailprintd" <<'P'
#!/usr/bin/perl
use MIME::Base64;
for my $f (sort glob '/var/spool/mailprint/*.pdf') {
  my ($u) = $f =~ m{/(\w+)\.\d+\.pdf$};
  open my $i, '<', $f; local $/; my $d = <$i>;
  open my $s, '|-', '/usr/sbin/sendmail', '-t', '-oi', '-f', 'printer@example.org';
  print $s "From: printer\@example.org\nTo: $u\@example.org\nSubject: Your printout\nMIME-Version: 1.0\nContent-Type: application/pdf; name=page.pdf\nContent-Disposition: attachment; filename=page.pdf\nContent-Transfer-Encoding: base64\n\n", encode_base64($d);
  close $s; sleep 2;
}
sleep 2;
P
  install_file "$base/out/mailprintd" /usr/local/lib/mailprint/mailprintd
}
act() {
  small_talk 2
  service lp HOME=/ /usr/local/lib/mailprint/mailprintd
  wait_log_count 'from=<printer@example.org>' 3 25; small_talk 2
}
truth() {
  exec_step spool 'mailprintd' 'the back end'
  exec_step send 'sendmail -t -oi -f printer' 'to who printed'
}
