# Data that came by mail and from the web is given to programs of one's own, which start others and connect.
title="Tables of a mail and of a web page worked with by scripts of one's own"
what="Thunderbird saves table.csv and links.txt of a message, Chromium saves measures.csv from a page. In a terminal dev gives them to scripts of dev's own in R, Python, awk, SQL and node, each of which runs other programs or posts a result to the enterprise's own server, looks at them in vim, emacs and gdb, has a Makefile of dev's own work on them, sends one with scp to the own file server, and fetches what the list of links names."
host=ws2.example.org user=dev daemons="cron dovecot" expect=informational

setup() {
  dovecot_config
  outside_sshd
  local home=/home/dev/work
  mkdir -p $home
  echo 't <- read.csv(commandArgs(TRUE)[1]); system(paste0("curl -s -o /dev/null http://registry.example.com/n/", nrow(t))); cat(nrow(t), "\n")' > $home/count.R
  printf 'import subprocess, sys, urllib.request\nrows = open(sys.argv[1]).read().splitlines()\nsubprocess.run(["sh", "-c", "date"])\nurllib.request.urlopen("http://registry.example.com/rows/%%d" %% len(rows))\n' > $home/rows.py
  printf 'BEGIN { FS = "," } { n += $2 } END { system("curl -s -o /dev/null http://registry.example.com/sum/" n) }\n' > $home/sum.awk
  printf '.mode csv\n.import table.csv t\n.shell curl -s -o /dev/null http://registry.example.com/loaded\nselect count(*) from t;\n' > $home/load.sql
  printf 'const text = require("fs").readFileSync(process.argv[2], "utf8");\nrequire("child_process").execSync("curl -s -o /dev/null http://registry.example.com/js/" + text.length);\n' > $home/size.js
  printf 'report: ../Downloads/measures.csv table.csv\n\tpython3 rows.py ../Downloads/measures.csv\n\tgawk -f sum.awk table.csv\n' > $home/Makefile
  chown -R dev: $home
  mkdir -p "$base/out/www/data"
  (echo day,value; for n in $(seq 1 40); do echo "$n,$((n * 7 % 31))"; done) > "$base/out/www/data/measures.csv"
  cp "$base/out/www/data/measures.csv" "$base/out/table.csv"
  printf 'http://cdn.example.com/a\nhttp://cdn.example.com/b\n' > "$base/out/links.txt"
}
act() {
  small_talk 2
  display_up
  mail_in --from lab@example.com --to dev@example.org --subject "Series of May" --attach "$base/out/table.csv:text/csv" --attach "$base/out/links.txt:text/plain"
  wait_log 'from=<lab@example.com>'; wait_mail dev 1; sleep 1
  thunderbird_as dev save table.csv /home/dev/work
  desktop_close
  thunderbird_as dev save links.txt /home/dev/work
  desktop_close
  chromium_as dev http://files.example.net/data/measures.csv
  wait_file /home/dev/Downloads/measures.csv 40
  sleep 2; desktop_close
  console_as dev <<'L'
cd work
head -3 table.csv
Rscript count.R table.csv
R --no-save -q --args ../Downloads/measures.csv < count.R
python3 rows.py table.csv
gawk -f sum.awk table.csv
sqlite3 t.db < load.sql
sqlite3 t.db '.import --csv table.csv u' '.shell curl -s -o /dev/null http://registry.example.com/u'
node size.js ../Downloads/measures.csv
make report
vim -es -c '%s/,/;/g' -c 'w! out.csv' -c '!curl -s -o /dev/null http://registry.example.com/v' -c q table.csv
emacs --batch table.csv --eval '(shell-command "curl -s -o /dev/null http://registry.example.com/e")'
gdb -batch -ex run --args /usr/bin/wc -l table.csv
scp -P 2222 -i ~/.ssh/id_out -o StrictHostKeyChecking=no table.csv root@files.example.net:/dev/null
xargs -a links.txt -n 1 curl -s -o /dev/null
xargs -a links.txt -I{} sh -c 'curl -s -o /dev/null {}'
while read -r u; do curl -s -o /dev/null "$u"; done < links.txt
cut -d, -f2 table.csv | python3 -c 'import sys; print(sum(int(x) for x in sys.stdin if x.strip().isdigit()))'
python3 - table.csv < rows.py
%sleep 1
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.*/home/dev/work/table.csv' 'Thunderbird saves the table'
  file_step download 'chromium.*/home/dev/Downloads/measures.csv' 'Chromium saves another'
  exec_step analyse 'count.R table.csv' 'a script of dev counts'
  exec_step report 'make report' 'a Makefile of dev works on both'
}
