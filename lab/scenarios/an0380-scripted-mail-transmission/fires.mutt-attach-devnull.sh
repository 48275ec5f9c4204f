# mutt as a tool: an attachment, no terminal, standard input closed.
title="mutt sends an archive without a terminal"
what="A script of the buyer, started by cron, packs the order list into a tar.xz and sends it as an attachment with mutt, standard input from /dev/null, to an outside recipient under a plain subject."
host=ws3.example.org user=buyer daemons="cron" syslog_format=iso

setup() {
  install -d -o buyer -g buyer /home/buyer/orders /home/buyer/.local /home/buyer/.local/bin
  for i in 1 2 3 4 5; do seq $i 500 > /home/buyer/orders/2026-$i.csv; done
  printf '#!/bin/sh\ncd /home/buyer && tar -cJf .local/o.tar.xz orders && mutt -s "order list" -a .local/o.tar.xz -- desk9@example.net </dev/null\nrm -f .local/o.tar.xz\n' > /home/buyer/.local/bin/sync-orders
  chmod 755 /home/buyer/.local/bin/sync-orders; chown -R buyer: /home/buyer/orders /home/buyer/.local
  echo '* * * * * $HOME/.local/bin/sync-orders' > /var/spool/cron/crontabs/buyer; chown buyer:crontab /var/spool/cron/crontabs/buyer; chmod 600 /var/spool/cron/crontabs/buyer
}
act() {
  small_talk 4
  wait_log 'to=<desk9@example.net>.*status=sent' 75
  small_talk 1
}
truth() {
  log_step run 'CRON.*buyer.*CMD.*sync-orders' 'cron starts the script'
  exec_step pack 'tar -cJf .local/o.tar.xz orders' 'orders are packed'
  exec_step hand-over 'mutt -s order list -a' 'mutt sends them'
  mail_step sent 'to=<desk9@example.net>.*status=sent' 'Postfix delivers outside'
}
