title="An interface asked with curl after a chat, its answer formatted and stored"
what="dev reads a chat page in Firefox where somebody names an address, asks it with curl piped into python3 -m json.tool, into an own python3 -c line, into sort and into a table of sqlite3 by .import, as documentation pages tell. Nothing that came over the line runs."
host=ws3.example.org user=dev daemons="cron" audit_rules=audit-net.rules audit_format=RAW expect=informational
setup() {
  printf '{"rates": {"EUR": 1, "SEK": 11.2, "DKK": 7.46}}\n' > "$base/out/www/rates.json"; printf 'EUR,1\nSEK,11.2\nDKK,7.46\n' > "$base/out/www/rates.csv"
}
act() {
  small_talk 2
  display_up
  firefox_visit dev http://chat.example.com/room
  console_as dev <<'L'
curl -s http://files.example.net/rates.json | python3 -m json.tool
curl -s http://files.example.net/rates.json | python3 -c 'import json,sys; print(json.load(sys.stdin)["rates"]["SEK"])'
curl -s http://files.example.net/rates.csv | sort -t, -k2 -n
curl -s http://files.example.net/rates.csv | sqlite3 rates.db '.mode csv' '.import /dev/stdin rates'
sqlite3 rates.db 'select count(*) from rates'
curl -s http://files.example.net/rates.csv | awk -F, '{s+=$2} END {print s}'
curl -s http://files.example.net/rates.csv > rates.csv && bash -c 'wc -l < rates.csv'
L
  small_talk 1
}
truth() {
  net_step chat 'firefox.* 203.0.113.82:80' 'a chat page'
  exec_step json 'python3 -m json.tool' 'an answer formatted'
  exec_step own 'python3 -c import json,sys' 'read by an own line'
  exec_step table 'sqlite3 rates.db' 'stored'
}
