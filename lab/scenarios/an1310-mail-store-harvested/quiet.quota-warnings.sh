# The quota tools count blocks and mail warnings; none of them opens a message.
title="Quotas counted by quotacheck, warnings mailed by warnquota"
what="/home is a file system with user quotas. A job of root runs quotacheck, then the quota package's own /etc/cron.daily/quota runs warnquota, which mails every user over the limit and a copy to root through sendmail -t. clerk asks quota(1), an administrator repquota and du over the Maildirs. The kernel of the laboratory has no quota format, so the tools read and write aquota.user themselves."
host=mx1.example.org user=root daemons="cron sshd" audit_rules=audit-wide.rules expect=informational

setup() {
  local n; mknod /dev/loop-control c 10 237; for n in 0 1 2 3 4 5 6 7; do mknod "/dev/loop$n" b 7 "$n"; done
  truncate -s 48M "$base/home.img"; mkfs.ext4 -q -F "$base/home.img"; mkdir "$base/home2"
  mount -o loop,usrquota "$base/home.img" "$base/home2" && cp -a /home/. "$base/home2/" && mount --move "$base/home2" /home || return 1
  echo '/dev/vdb1 /home ext4 defaults,usrquota 0 2' > /etc/fstab
  for n in 1 2 3; do
    { printf 'From: a%s@example.com\nTo: clerk@example.org\nSubject: plan %s\n\n' "$n" "$n"; head -c 150000 /dev/urandom | base64; } > "/home/clerk/Maildir/cur/1795000000.M${n}P1.mx1:2,S"
    cp "/home/clerk/Maildir/cur/1795000000.M${n}P1.mx1:2,S" /home/buyer/Maildir/cur/
  done
  chown -R clerk: /home/clerk/Maildir; chown -R buyer: /home/buyer/Maildir
  sync; quotacheck -cum /home 2>/dev/null
  setquota -u clerk 300 2000 0 0 /home; setquota -u buyer 400 2000 0 0 /home; setquota -u dev 9000 20000 0 0 /home
  sed -i 's/^FROM.*/FROM = "postmaster@example.org"/; s/^CC_TO.*/CC_TO = "root@example.org"/; s/^SUPPORT.*/SUPPORT = "postmaster@example.org"/' /etc/warnquota.conf
  echo 'run_warnquota="true"' > /etc/default/quota
  local script; for script in /etc/cron.daily/*; do case $script in */quota) ;; *) rm -f "$script" ;; esac; done
  printf 'SHELL=/bin/sh\nHOME=/\n* * * * * root cd / && sync && quotacheck -um /home 2>/dev/null; run-parts --report /etc/cron.daily\n' > /etc/crontab
  echo 'ops ALL=(root) NOPASSWD: /usr/sbin/repquota, /usr/bin/du' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
}
act() {
  small_talk 3
  ssh_as clerk <<'L'
quota -s
du -sh Maildir
L
  wait_log_count 'orig_to=<root@example.org>.*status=sent' 2 80
  : > /etc/crontab
  ssh_as ops <<'L'
sudo repquota -s /home
sudo du -s /home/buyer/Maildir /home/clerk/Maildir
L
  small_talk 2
}
truth() {
  exec_step asks 'quota -s' 'a user asks for the own quota'
  exec_step count 'quotacheck -um /home' 'blocks are counted'
  exec_step warn 'warnquota -ug' 'the job of the package looks who is over the limit'
  exec_step hand-over 'sendmail -t' 'and mails'
  mail_step sent 'orig_to=<root@example.org>.*status=sent' 'the users, and root'
  exec_step report 'repquota -s /home' 'an administrator looks at all'
}
