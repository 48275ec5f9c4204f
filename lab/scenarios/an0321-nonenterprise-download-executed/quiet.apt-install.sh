# Software comes by the package manager.
title="Package installed by apt from a configured repository"
what="ops installs a small package with sudo apt-get from a repository the administrator has configured (http://cdn.example.com). apt's helper processes fetch it as _apt, dpkg unpacks it and runs its maintainer script as root; then ops runs the new program."
host=ws3.example.org user=ops daemons="cron sshd" expect=informational

setup() {
  echo 'ops ALL=(root) NOPASSWD: /usr/bin/apt-get' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  private /var/lib/apt /var/cache/apt; private_copy /var/lib/dpkg
  mkdir -p /var/lib/apt/lists/partial /var/cache/apt/archives/partial; chown -R _apt: /var/lib/apt/lists/partial /var/cache/apt/archives/partial
  rm -rf /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d /etc/apt/apt.conf; mkdir -p /etc/apt/sources.list.d /etc/apt/apt.conf.d
  echo 'deb [trusted=yes allow-insecure=yes] http://cdn.example.com/debian ./' > /etc/apt/sources.list
  local package="$base/out/ledger"
  mkdir -p "$package/DEBIAN" "$package/opt/ledger/bin" "$base/out/www/debian"
  printf '#!/bin/sh\necho "0 entries"\n' > "$package/opt/ledger/bin/ledger-view"; chmod 755 "$package/opt/ledger/bin/ledger-view"
  printf 'Package: ledger-view\nVersion: 1.2\nArchitecture: all\nMaintainer: Packages <packages@example.com>\nDescription: shows the ledger\n' > "$package/DEBIAN/control"
  printf '#!/bin/sh\nset -e\nmkdir -p /opt/ledger/cache\n' > "$package/DEBIAN/postinst"; chmod 755 "$package/DEBIAN/postinst"
  dpkg-deb --root-owner-group -b "$package" "$base/out/www/debian/ledger-view_1.2_all.deb" >/dev/null
  (cd "$base/out/www/debian" && dpkg-scanpackages -m . /dev/null > Packages 2>/dev/null)
}
act() {
  small_talk 2
  ssh_as ops <<'L'
sudo apt-get -q update
sudo apt-get -q -y install ledger-view
/opt/ledger/bin/ledger-view
L
}
truth() {
  exec_step install 'apt-get -q -y install ledger-view' 'apt installs'
  exec_step unpack 'dpkg .*--unpack' 'dpkg unpacks'
  exec_step postinst 'ledger-view.postinst configure' 'the maintainer script runs'
  exec_step run '/opt/ledger/bin/ledger-view' 'the program runs from where the package put it'
}
