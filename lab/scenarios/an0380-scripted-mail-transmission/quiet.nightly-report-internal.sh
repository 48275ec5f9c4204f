# The same report, to the same colleague, every time.
title="Recurring report mailed to a fixed internal recipient"
what="A root-owned job in /etc/cron.d has mailed the stock report, a CSV attachment encoded with base64, to buyer@example.org for years. The schedule is shortened to one minute, two runs are recorded. The recipient is internal and never changes."
host=mx1.example.org user=root daemons="cron sshd" expect=low

setup() {
  mkdir -p "$base/out/bin" /opt/stock; seq 200 | awk '{ printf "item %04d,%d\n", $1, $1 * 3 }' > /opt/stock/stock.csv
  cat > "$base/out/bin/stock-report" <<'P'
#!/bin/sh
# Mails the stock table to the buyer.
{
  printf 'To: buyer@example.org\nSubject: Stock report\nMIME-Version: 1.0\nContent-Type: text/csv; name=stock.csv\nContent-Transfer-Encoding: base64\n\n'
  base64 /opt/stock/stock.csv
} | /usr/sbin/sendmail -oi -t
P
  install_file "$base/out/bin/stock-report" /usr/local/bin/stock-report
  printf 'HOME=/\n* * * * * root /usr/local/bin/stock-report\n' > /etc/cron.d/stock-report; chmod 644 /etc/cron.d/stock-report
}
act() {
  small_talk 3
  wait_log 'uid=0 from=<root>' 75
  sleep 62
  small_talk 3
}
truth() {
  log_step run 'CRON.*stock-report' 'cron runs the job'
  exec_step encode 'base64 /opt/stock/stock.csv' 'the table is encoded'
  exec_step hand-over 'sendmail -oi -t' 'and handed to sendmail'
  mail_step sent 'to=<buyer@example.org>.*status=sent' 'delivered to the colleague'
}
