# The same in Perl, from an at job, through the own mail server.
title="Perl Net::SMTP in an at job sends a file in many small messages"
what="An at job of dev runs a Perl program that cuts a customer list into nine pieces and sends each as a small message with Net::SMTP through the own Postfix to one outside recipient: every piece is small, their sum is the file."
host=mx1.example.org user=dev daemons="cron atd sshd"

setup() {
  seq 3000 | awk '{ printf "customer %06d, account 4-%05d\n", $1, $1 * 7 }' > /home/dev/customers.txt
  cat > /home/dev/post.pl <<'P'
use Net::SMTP;
open my $in, '<', "$ENV{HOME}/customers.txt" or die;
local $/; my $all = <$in>; my $n = 0;
for my $piece (unpack '(a12000)*', $all) {
  $n++;
  my $smtp = Net::SMTP->new('127.0.0.1', Hello => 'localhost') or die;
  $smtp->mail('dev@example.org'); $smtp->to('notes@example.net'); $smtp->data;
  $smtp->datasend("From: dev\@example.org\nTo: notes\@example.net\nSubject: notes $n\n\n$piece\n");
  $smtp->dataend; $smtp->quit; sleep 2;
}
P
  chown dev: /home/dev/customers.txt /home/dev/post.pl
}
act() {
  small_talk 2
  ssh_as dev <<'L'
echo 'perl $HOME/post.pl' | at now
atq
L
  wait_log_count 'to=<notes@example.net>.*status=sent' 8 40
  small_talk 2
}
truth() {
  exec_step run 'perl /home/dev/post.pl' 'the at job starts Perl'
  file_step read 'perl open(at)?:read NORMAL /home/dev/customers.txt' 'it reads the list'
  net_step submit 'perl 127.0.0.1:25' 'and submits through the own server'
  mail_step sent 'to=<notes@example.net>.*status=sent' 'one of nine messages'
}
