# A vendor sends its package by mail; it registers things, as packages do.
title="Mailed vendor package installed by apt, which only registers what it brought"
what="ops takes barcode-fonts_2.0_all.deb out of a vendor's message and installs it with sudo apt-get install. Its postinst makes a link with update-alternatives and runs ldconfig; nothing calls out."
host=ws3.example.org user=ops daemons="cron sshd" expect=low

setup() {
  echo 'ops ALL=(root) NOPASSWD: /usr/bin/apt-get' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  private_copy /var/lib/dpkg
  local package="$base/out/vendor"
  mkdir -p "$package/DEBIAN" "$package/opt/barcode/bin"
  printf '#!/bin/sh\necho "code 39"\n' > "$package/opt/barcode/bin/barcode-info"; chmod 755 "$package/opt/barcode/bin/barcode-info"
  printf 'Package: barcode-fonts\nVersion: 2.0\nArchitecture: all\nMaintainer: Barcodes <support@example.com>\nDescription: fonts\n' > "$package/DEBIAN/control"
  printf '#!/bin/sh\nset -e\nupdate-alternatives --quiet --install /opt/barcode/info barcode-info /opt/barcode/bin/barcode-info 10\nldconfig\n' > "$package/DEBIAN/postinst"; chmod 755 "$package/DEBIAN/postinst"
  dpkg-deb --root-owner-group -b "$package" "$base/out/barcode-fonts_2.0_all.deb" >/dev/null
}
act() {
  small_talk 2
  mail_in --from support@example.com --to ops@example.org --subject "Release 2.0 of the fonts" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/barcode-fonts_2.0_all.deb:application/vnd.debian.binary-package"
  wait_log 'from=<support@example.com>'; wait_mail ops 1
  ssh_as ops <<'L'
mkdir vendor; cp $(grep -l 'Release 2.0' Maildir/new/*) vendor/m; cd vendor
munpack m
dpkg-deb -I barcode-fonts_2.0_all.deb | cat
sudo apt-get install -y -q ./barcode-fonts_2.0_all.deb
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<ops@example.org>.*status=sent' 'the message is delivered'
  file_step part 'munpack (openat|open):write CREATE .*barcode-fonts_2.0_all.deb' 'the package is taken out'
  exec_step install 'apt-get install -y -q ./barcode-fonts' 'it is installed'
  exec_step postinst 'barcode-fonts.postinst configure' 'its maintainer script runs'
  exec_step register 'update-alternatives --quiet --install' 'and registers a link'
}
