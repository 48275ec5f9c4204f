# Backup software with a director, a file daemon on the host, a storage daemon elsewhere, and a mailer of its own.
title="Bacula backs up /home to the own backup server and mails each job's report"
what="bacula-dir, the real director, runs a full and later an incremental job by its own schedule: bacula-fd, as root, reads /home with everybody's Maildir and sends it to the storage daemon on backup.example.org (198.51.100.30, the own network), and the director, as bacula, starts bsmtp for every report, through the own Postfix, for root and for the provider outside (mail in its Messages resource, as the package ships it)."
host=mx1.example.org user=bacula daemons="cron sshd" expect=informational

setup() {
  private_copy /var/lib/bacula; chown bacula: /var/lib/bacula /var/lib/bacula/*; mkdir -p /run/bacula /var/log/bacula "$base/out/store"; chown bacula: /run/bacula /var/log/bacula
  chmod 711 "$(dirname "$base")" "$base" "$base/out"; chown bacula: "$base/out/store"
  sed -i -E 's/^( *Name = )vm-/\1mx1-/; s/(Client ?= ?)vm-/\1mx1-/; s@File = /usr/sbin@File = /home@; s@/nonexistant/path/to/file/archive/dir@/var/restore@; s/(mail = root)( = )/mail = root, care@example.net\2/; s/-f \\"\\\(Bacula\\\) \\<%r\\>\\"/-f bacula@example.org/' /etc/bacula/bacula-dir.conf
  awk '/^Autochanger/{c=1} c && /Address = /{sub(/localhost/,"198.51.100.30")} /^}/{c=0} {print}' /etc/bacula/bacula-dir.conf > "$base/out/dir.conf"
  awk -v one="$(date -ud '+1 min' +%M)" -v two="$(date -ud '+2 min' +%M)" '/^Schedule/{c=1} c && /^ *Run =/{next} c && /Name = "WeeklyCycle"/{print; print "  Run = Full hourly at 0:" one "\n  Run = Incremental hourly at 0:" two; next} c && /Name =/{print; print "  Run = Full 1st sun at 23:10"; next} /^}/{c=0} {print}' "$base/out/dir.conf" > /etc/bacula/bacula-dir.conf
  sed -i 's/mx1-mon/mx1-mon/; s/vm-/mx1-/' /etc/bacula/bacula-fd.conf /etc/bacula/bacula-sd.conf /etc/bacula/bconsole.conf
  sed "s@/nonexistant/path/to/file/archive/dir@$base/out/store@; s/SDAddress = .*/SDAddress = 198.51.100.30/; s@WorkingDirectory = .*@WorkingDirectory = \"$base/out/store\"@; s@Pid Directory = .*@Pid Directory = \"$base/out/store\"@" /etc/bacula/bacula-sd.conf > "$base/out/sd.conf"; chmod 644 "$base/out/sd.conf"
  chown root:bacula /etc/bacula/bacula-dir.conf; chmod 640 /etc/bacula/bacula-dir.conf
}
act() {
  outside setpriv --reuid bacula --regid bacula --init-groups /usr/sbin/bacula-sd -fP -c "$base/out/sd.conf" >"$base/sd.log" 2>&1 & own_pids+=($!)
  service root /usr/sbin/bacula-fd -fP -c /etc/bacula/bacula-fd.conf
  service bacula /usr/sbin/bacula-dir -fP -c /etc/bacula/bacula-dir.conf
  small_talk 4
  wait_log 'to=<care@example.net>.*status=sent' 130
  small_talk 2
  wait_log_count 'to=<care@example.net>.*status=sent' 2 100
  small_talk 1
}
truth() {
  file_step read 'bacula-fd open(at)?:read NORMAL /home/.*Maildir/new/' 'the file daemon reads everybody'"'"'s mail'
  exec_step report 'bsmtp -h localhost' 'the director mails the report'
  net_step submit 'bsmtp (127.0.0.1|\[::1\]):25' 'to the own server'
  mail_step sent 'orig_to=<root@*[a-z.]*>.*status=sent' 'for root'
  mail_step outside 'to=<care@example.net>.*status=sent' 'and the provider'
}
