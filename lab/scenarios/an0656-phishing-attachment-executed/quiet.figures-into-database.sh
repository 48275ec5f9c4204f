title="Attached figures fed to own programs, a graph uploaded to the own server"
what="clerk mirrors the mailbox with mbsync, takes the month's figures out of the message with ripmime, runs own old programs over the CSV (awk -f, python3, sqlite3 with an own .sql file) and uploads the sums to the organisation's own server with curl."
host=mx1.example.org user=clerk daemons="cron sshd dovecot" expect=informational
setup() {
  dovecot_config
  printf 'IMAPAccount o\nHost 127.0.0.1\nPort 143\nUser clerk\nPass lab-only\nSSLType None\nAuthMechs LOGIN\n\nIMAPStore r\nAccount o\n\nMaildirStore l\nPath ~/Mail/\nInbox ~/Mail/office\n\nChannel o\nFar :r:\nNear :l:\nPatterns INBOX\nCreate Near\n' > /home/clerk/.mbsyncrc
  mkdir -p /home/clerk/Mail /home/clerk/bin /home/clerk/figures
  printf 'BEGIN{FS=","}\n{s[$1]+=$2}\nEND{for(k in s) print k "," s[k]}\n' > /home/clerk/bin/sum.awk
  printf 'import csv, sys\nrows = list(csv.reader(open(sys.argv[1])))\nprint(len(rows), max(int(r[1]) for r in rows))\n' > /home/clerk/bin/check.py
  printf '#!/bin/sh\nset -e\ncd ~/figures\nripmime -i "$1" -d in --overwrite >/dev/null\npython3 ~/bin/check.py in/figures.csv\nawk -f ~/bin/sum.awk in/figures.csv > sums.csv\nsqlite3 figures.db < ~/bin/load.sql\ncurl -s -T sums.csv http://backup.example.org/figures/\n' > /home/clerk/bin/month; chmod 755 /home/clerk/bin/month
  printf 'create table if not exists f(k text, n int);\n.mode csv\n.import sums.csv f\nselect count(*) from f;\n' > /home/clerk/bin/load.sql
  chmod 600 /home/clerk/.mbsyncrc; chown -R clerk: /home/clerk
  printf 'north,40\nsouth,12\nnorth,3\n' > "$base/out/figures.csv"
}
act() {
  mail_in --from branch@example.com --to clerk@example.org --subject "Figures of October" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/figures.csv:text/csv"
  wait_mail clerk 1
  ssh_as clerk <<'L'
mbsync -q o
~/bin/month "$(grep -l 'Figures of' ~/Mail/office/new/*)"
cat figures/sums.csv
python3 bin/check.py $(grep -l north figures/in/*.csv)
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'figures arrive'
  exec_step month '/home/clerk/bin/month' 'the own program'
  file_step part 'ripmime open(at)?:write CREATE .*figures.csv' 'its attachment'
  exec_step sum 'awk -f /home/clerk/bin/sum.awk' 'own awk program'
  net_step upload 'curl 198.51.100.30:80' 'to the own server'
}
