title="A weekly report with a table, from a person's crontab to a colleague"
what="clerk's crontab: python makes a table out of orders, zips it and mails it by mutt to buyer@, the same every week; three weeks. By hand clerk also sends a PDF to a customer, from mutt on a terminal."
user=clerk daemons="cron sshd" expect=informational
shift_plan="w1:7d w2:7d w3:6h"
setup() {
  mkdir -p /home/clerk/reports; head -c 3000 /dev/urandom | base64 > /home/clerk/reports/orders.csv; make_pdf /home/clerk/reports/offer.pdf Offer; chown -R clerk: /home/clerk/reports
  own_file /home/clerk/bin/weekly 755 <<'P'
#!/bin/bash
cd ~/reports
python3 -c "print(sum(len(l) for l in open('orders.csv')))" > sum.txt
zip -q weekly.zip orders.csv sum.txt
echo "Hello, the table of this week." | mutt -n -s "Orders of the week" -a weekly.zip -- buyer@example.org
P
  printf '* * * * * bin/weekly\n' > "$base/out/t"
}
act() {
  phase w1; small_talk 2; crontab_of clerk < "$base/out/t"; wait_log_count 'pickup.*uid=1003' 1 70; crontab -u clerk -r; sleep 1
  phase w2; small_talk 2; crontab_of clerk < "$base/out/t"; wait_log_count 'pickup.*uid=1003' 2 70; crontab -u clerk -r; sleep 1
  phase w3; small_talk 1; ssh_as clerk <<'L'
echo "As discussed." | mutt -s "Our offer" -a reports/offer.pdf -- partner@example.net
L
  crontab_of clerk < "$base/out/t"; wait_log_count 'pickup.*uid=1003' 4 70; sleep 1; small_talk 1
}
truth() {
  exec_step job 'bash (bin/weekly|/home/clerk/bin/weekly)' 'the job'
  exec_step send 'mutt .*-a weekly.zip -- buyer@example.org' 'to a colleague'
  mail_step sent 'to=<partner@example.net>.*status=sent' 'a person sends a PDF'
}
