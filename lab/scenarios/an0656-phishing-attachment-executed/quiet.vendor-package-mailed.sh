# A package of a vendor came by mail, and the package manager installs it.
title="Vendor package received by mail, installed with apt"
what="ops saves a vendor's package with Thunderbird and installs it with sudo apt-get install ./file. Its maintainer script makes a folder and starts the package's own program once, from where dpkg put it, which asks the vendor's server (203.0.113.81) for a licence; ops runs the program later."
host=ws3.example.org user=ops daemons="cron sshd" expect=low
stand_ins=("/usr/lib/thunderbird/thunderbird is a small program that reads the Maildir and saves the attachment as Thunderbird does")

setup() {
  compile thunderbird /usr/lib/thunderbird/thunderbird
  echo 'ops ALL=(root) NOPASSWD: /usr/bin/apt-get' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  private /var/lib/apt /var/cache/apt; private_copy /var/lib/dpkg
  mkdir -p /var/lib/apt/lists/partial /var/cache/apt/archives/partial
  rm -rf /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d /etc/apt/apt.conf; mkdir -p /etc/apt/sources.list.d /etc/apt/apt.conf.d
  local package="$base/out/labelprint"
  mkdir -p "$package/DEBIAN" "$package/opt/labelprint/bin"
  cc -O1 -o "$package/opt/labelprint/bin/labelprint" "$lab/lib/stand-ins/beacon.c"
  printf 'Package: labelprint\nVersion: 3.1\nArchitecture: amd64\nMaintainer: Label printers <support@example.com>\nDescription: driver of a label printer\n' > "$package/DEBIAN/control"
  printf '#!/bin/sh\nset -e\nmkdir -p /opt/labelprint/cache\n/opt/labelprint/bin/labelprint 203.0.113.81 8443 >/dev/null || true\n' > "$package/DEBIAN/postinst"; chmod 755 "$package/DEBIAN/postinst"
  dpkg-deb --root-owner-group -b "$package" "$base/out/labelprint_3.1_amd64.deb" >/dev/null
}
act() {
  small_talk 2
  mail_in --from support@example.com --to ops@example.org --subject "Driver you asked for" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/labelprint_3.1_amd64.deb:application/vnd.debian.binary-package"
  wait_log 'from=<support@example.com>'; wait_mail ops 1; sleep 1
  desktop_as ops -- /usr/lib/thunderbird/thunderbird --save labelprint_3.1_amd64.deb Downloads; desktop_wait
  ssh_as ops <<'L'
sudo apt-get -q -y install ./Downloads/labelprint_3.1_amd64.deb
%sleep 3
/opt/labelprint/bin/labelprint 203.0.113.81 8443
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<ops@example.org>.*status=sent' 'the package arrives'
  file_step save 'thunderbird rename .*CREATE /home/ops/Downloads/labelprint' 'and is saved'
  exec_step install 'apt-get -q -y install ./Downloads' 'apt installs it'
  exec_step postinst 'labelprint.postinst configure' 'its maintainer script runs'
  net_step licence 'labelprint 203.0.113.81:8443' 'the installed program asks its vendor'
}
