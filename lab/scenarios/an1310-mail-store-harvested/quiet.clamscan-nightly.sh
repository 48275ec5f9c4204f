# A real scanner reads every message and writes a report; another asks the scanning daemon.
title="clamscan reads all mailboxes at night, clamdscan once more by hand"
what="A root job in /etc/cron.d runs clamscan, the real one, over /home and /var/mail and mails its summary to root, without any content; freshclam before it does not reach its mirror. An administrator hands the Maildir of a user to clamd with clamdscan --fdpass. The signature base holds one signature of the laboratory, which one message matches."
host=mx1.example.org user=root daemons="cron sshd" expect=informational

setup() {
  private /var/lib/clamav
  printf 'Watchpost.Test.Marker:0:*:%s\n' "$(printf 'WATCHPOST FILTER TEST 7f3a91c2' | od -An -tx1 | tr -d ' \n')" > /var/lib/clamav/lab.ndb
  chown -R clamav: /var/lib/clamav
  mkdir -p /run/clamav /var/log/clamav; chown clamav: /run/clamav /var/log/clamav
  printf 'HOME=/\nMAILTO=root\n* * * * * root freshclam --quiet --no-warnings; clamscan -r -i --log=/var/log/clamav/nightly.log /home /var/mail\n' > /etc/cron.d/clamscan; chmod 644 /etc/cron.d/clamscan
  sed -i 's/^DatabaseMirror.*/DatabaseMirror cdn.example.com/; s/^DNSDatabaseInfo.*/DNSDatabaseInfo no/; s/^MaxAttempts.*/MaxAttempts 1/' /etc/clamav/freshclam.conf
  echo 'ops ALL=(root) NOPASSWD: /usr/bin/clamdscan' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  printf 'WATCHPOST FILTER TEST 7f3a91c2\n' > "$base/out/bad.txt"
}
act() {
  (cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin /usr/sbin/clamd --foreground=true </dev/null >/dev/null 2>&1) & own_pids+=($!); daemon_is $!
  small_talk 8
  mail_in --from odd@example.com --to buyer@example.org --subject Notes --attach "$base/out/bad.txt"
  wait_log 'to=<ops@example.org>, orig_to=<root>.*status=sent' 130
  rm /etc/cron.d/clamscan
  wait_for 30 test -S /run/clamav/clamd.ctl || note "no clamd"
  ssh_as ops <<'L'
sudo clamdscan --fdpass -i /home/buyer/Maildir
L
  small_talk 2
}
truth() {
  exec_step update 'freshclam --quiet' 'signatures are asked for'
  exec_step scan 'clamscan -r' 'the scanner starts'
  file_step read 'clamscan open.*:read NORMAL /home/.*Maildir/new/.+' 'it reads every message'
  mail_step report 'orig_to=<root>.*status=sent' 'the summary is mailed to root'
  exec_step by-hand 'clamdscan --fdpass' 'an administrator scans one mailbox'
}
