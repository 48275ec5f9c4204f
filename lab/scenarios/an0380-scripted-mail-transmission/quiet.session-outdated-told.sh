# After the upgrade: who still runs the old program.
title="needrestart tells a person by mail that the session runs an outdated program"
what="unattended-upgrades, started by /etc/cron.daily/apt-compat of the package apt, installs a new version of a program that the clerk has open in a terminal. apt's hook starts needrestart, the real one, which finds the old program in the clerk's session and runs its scripts in /etc/needrestart/notify.d: the one that mails hands a text to mail(1) for the clerk. The administrator switched mail on and restarts off."
host=ws3.example.org user=root daemons="cron sshd" expect=informational

tool() { # VERSION
  local tree="$base/out/tool"; mkdir -p "$tree/DEBIAN" "$tree/opt/team-clock"
  printf '#include <unistd.h>\nstatic const char version[] = "%s";\nint main(void) { sleep(900); return version[0] == 0; }\n' "$1" > "$base/out/clock.c"
  cc -O1 -o "$tree/opt/team-clock/clock" "$base/out/clock.c"
  printf 'Package: team-clock\nVersion: %s\nArchitecture: all\nMaintainer: Packages <packages@example.com>\nDescription: a clock\n' "$1" > "$tree/DEBIAN/control"
  dpkg-deb --root-owner-group -b "$tree" "/opt/archive/team-clock_$1_all.deb" >/dev/null
}
setup() {
  laid_over needrestart libmodule-find-perl libproc-processtable-perl libsort-naturally-perl || return 1
  own_archive
  tool 1.0; dpkg -i /opt/archive/team-clock_1.0_all.deb >/dev/null || return 1
  tool 1.1; packed team-notes 1.0
  cp /usr/share/unattended-upgrades/20auto-upgrades /usr/share/unattended-upgrades/50unattended-upgrades /etc/apt/apt.conf.d/
  sed -i 's/"1"/"always"/' /etc/apt/apt.conf.d/20auto-upgrades
  printf 'APT::Periodic::RandomSleep "0";\n' > /etc/apt/apt.conf.d/60lab
  cp "$base/over/all/etc/apt/apt.conf.d/99needrestart" /etc/apt/apt.conf.d/
  printf "\$nrconf{restart} = 'l';\n\$nrconf{kernelhints} = 0;\n\$nrconf{ucodehints} = 0;\npush(@{\$nrconf{blacklist}}, qr(^/memfd:));\n" > /etc/needrestart/conf.d/local.conf
  sed -i "s/^NR_NOTIFYD_DISABLE_MAIL/#&/; s/^#\(NR_NOTIFYD_DISABLE_WRITE\)/\1/" /etc/needrestart/notify.conf
  private /var/lib/unattended-upgrades; mkdir -p /var/log/unattended-upgrades /var/log/apt
  daily_jobs apt-compat
}
act() {
  small_talk 2
  ssh_as clerk <<'L' &
%line /opt/team-clock/clock
%sleep 150
L
  sleep 2; nightly
  wait_log 'to=<clerk@example.org>, orig_to=<clerk>.*status=sent' 60
  small_talk 1
  close_of clerk clock
}
truth() {
  exec_step open '/opt/team-clock/clock' 'a person has the program open'
  exec_step upgrade 'python3 /(usr/)?bin/unattended-upgrade' 'the upgrade starts'
  exec_step unpack 'dpkg .*--unpack' 'the new version is unpacked'
  exec_step look 'perl .*/usr/sbin/needrestart' 'needrestart looks for what runs the old one'
  exec_step mail 'mail -s Relogin' 'and mails the person'
  mail_step sent 'orig_to=<clerk>.*status=sent' 'it is delivered'
}
