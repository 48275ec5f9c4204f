# Downloads that are no programs, unpacked and put where desktops look for them, by programs that start helpers and connect.
title="A theme, a font, a calendar and a torrent from the browser put in place"
what="Chromium saves theme.tar.gz, type.zip, meeting.ics and album.torrent from a page. In a terminal dev looks at them, unpacks the theme below ~/.themes (it brings a build script that is not run), the font below ~/.local/share/fonts and has fc-cache read it, checks a checksum, has xdg-open hand over the calendar, and lets aria2c fetch what the torrent names, from a server of the web."
host=ws2.example.org user=dev daemons="cron" expect=informational

setup() {
  mkdir -p "$base/out/www/get" "$base/out/t/theme/gtk-3.0" "$base/out/f" "$base/out/www/album"
  echo '* { color: #222; }' > "$base/out/t/theme/gtk-3.0/gtk.css"; printf '#!/bin/sh\nsassc gtk.scss > gtk.css\n' > "$base/out/t/theme/build.sh"; chmod 755 "$base/out/t/theme/build.sh"
  printf '[Desktop Entry]\nType=X-GNOME-Metatheme\nName=Plain\n' > "$base/out/t/theme/index.theme"
  tar czf "$base/out/www/get/theme.tar.gz" -C "$base/out/t" theme
  cp "$(fc-list -f '%{file}\n' | grep -E '\.(ttf|otf)$' | head -1)" "$base/out/f/type.ttf"; (cd "$base/out/f" && echo License > LICENSE.txt && zip -q "$base/out/www/get/type.zip" type.ttf LICENSE.txt)
  printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Meeting\r\nDTSTART:20261201T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' > "$base/out/www/get/meeting.ics"
  head -c 40000 /dev/urandom > "$base/out/www/album/track1.ogg"
  python3 - "$base/out/www/album/track1.ogg" "$base/out/www/get/album.torrent" <<'P'
import hashlib, sys
data = open(sys.argv[1], 'rb').read()
pieces = b''.join(hashlib.sha1(data[i:i + 16384]).digest() for i in range(0, len(data), 16384))
def enc(value):
    if isinstance(value, int): return b'i%de' % value
    if isinstance(value, str): value = value.encode()
    if isinstance(value, bytes): return b'%d:%s' % (len(value), value)
    if isinstance(value, list): return b'l' + b''.join(map(enc, value)) + b'e'
    return b'd' + b''.join(enc(k) + enc(v) for k, v in sorted(value.items())) + b'e'
open(sys.argv[2], 'wb').write(enc({'announce': 'http://cdn.example.com/announce', 'url-list': 'http://files.example.net/album/track1.ogg',
    'info': {'name': 'track1.ogg', 'length': len(data), 'piece length': 16384, 'pieces': pieces}}))
P
  (cd "$base/out/www/get" && sha256sum theme.tar.gz > "$base/out/sums"); install -D -o dev -g dev -m 644 "$base/out/sums" /home/dev/sums
}
act() {
  display_up
  local each
  for each in theme.tar.gz type.zip meeting.ics album.torrent; do
    chromium_as dev http://files.example.net/get/$each
    wait_file /home/dev/Downloads/$each 40
    sleep 2; desktop_close
  done
  console_as dev <<'L'
cd Downloads
ls -l; file *
sha256sum -c ../sums
mkdir -p ~/.themes ~/.local/share/fonts
tar xzf theme.tar.gz -C ~/.themes
cat ~/.themes/theme/build.sh
unzip -q -o type.zip -d ~/.local/share/fonts
fc-cache -f ~/.local/share/fonts
fc-list | grep -c type
xdg-mime query filetype meeting.ics
xdg-open meeting.ics
python3 -m zipfile -l type.zip
aria2c -q --seed-time=0 --bt-stop-timeout=10 --enable-dht=false --dir=$HOME/Music album.torrent
%sleep 6
ls ~/Music
L
}
truth() {
  file_step save 'chromium.*/home/dev/Downloads/theme.tar.gz' 'the browser saves an archive'
  exec_step unpack 'tar xzf theme.tar.gz' 'which is unpacked'
  exec_step font 'fc-cache' 'a font is put in place'
  exec_step fetch 'aria2c .*album.torrent' 'and a torrent is followed'
}
