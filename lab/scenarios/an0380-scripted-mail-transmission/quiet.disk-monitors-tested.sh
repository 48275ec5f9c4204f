# The monitors of disks and arrays, asked to show that their mail arrives.
title="mdadm's and smartd's monitors send their test mails"
what="mdadm --monitor, the real one, started as its unit does with --test in its options, hands a test message for each array to sendmail for root and the provider; smartd, the real one, with -M test on a disk, starts its own runner /usr/share/smartmontools/smartd-runner, whose script pipes a text into mail(1). Nothing is wrong with any disk."
host=mx1.example.org user=root daemons="cron" expect=informational
stand_ins=("the disk that smartd asks is a small library that answers its ioctl calls as an ATA disk does; there is no array: mdadm's message is sent before it opens one")

setup() {
  laid_over mdadm || return 1
  mkdir -p /run/mdadm /etc/mdadm; private /var/lib/smartmontools
  printf 'MAILADDR root,care@example.net\nMAILFROM monitor@example.org\nARRAY /dev/md0 metadata=1.2 name=mx1:0\nARRAY /dev/md1 metadata=1.2 name=mx1:1\n' > /etc/mdadm/mdadm.conf
  cc -shared -fPIC -O1 -o "$base/out/disk.so" "$lab/lib/stand-ins/disk.c" -ldl || return 1
  install_file "$base/out/disk.so" /usr/local/lib/disk.so
  touch /dev/sdz
  printf '/dev/sdz -H -f -d ata -m care@example.net -M test -M exec /usr/share/smartmontools/smartd-runner\n' > /etc/smartd.conf
}
act() {
  small_talk 2
  service root /sbin/mdadm --monitor --scan --syslog --test
  wait_log_count 'to=<care@example.net>.*status=sent' 2 20
  service root LD_PRELOAD=/usr/local/lib/disk.so /usr/sbin/smartd -n -i 10
  wait_log_count 'to=<care@example.net>.*status=sent' 3 20
  small_talk 2
}
truth() {
  exec_step monitor 'mdadm --monitor' 'the monitor of the arrays starts'
  exec_step hand-over 'sendmail -t' 'its test message is handed to sendmail'
  exec_step runner 'smartd-runner' 'the monitor of the disks starts its runner'
  exec_step mail 'mail(x)? .*-s ' 'which mails'
  mail_step sent 'orig_to=<root>.*status=sent' 'the administrators'
}
