# People send files by command too.
title="A person at a terminal sends files with mutt and s-nail"
what="The buyer, logged in on a terminal, packs an order and mails it to a supplier with mutt -a, and a scanned contract to a partner with s-nail -a, then tells a colleague. Each command is typed by the person at the prompt."
host=ws3.example.org user=buyer daemons="cron sshd" audit_rules=audit-wide.rules expect=informational

setup() { head -c 20000 /dev/urandom > /home/buyer/order.pdf; head -c 9000 /dev/urandom > /home/buyer/contract.pdf; chown buyer: /home/buyer/*.pdf; }
act() {
  small_talk 2
  ssh_as buyer <<'L'
ls
zip -q order.zip order.pdf
echo "please find our order" | mutt -s "Order 88" -a order.zip -- sales@example.com
%sleep 3
echo "the signed contract" | s-nail -a contract.pdf -s "Contract" partner@example.com
%sleep 2
echo "both are out" | mail -s "Order and contract" clerk@example.org
%sleep 1
L
  wait_log 'to=<partner@example.com>.*status=sent'
  small_talk 1
}
truth() {
  exec_step pack 'zip -q order.zip' 'an order is packed'
  exec_step send 'mutt -s Order 88 -a order.zip' 'and mailed'
  exec_step send-too 's-nail -a contract.pdf' 'a contract is mailed'
  mail_step sent 'to=<partner@example.com>.*status=sent' 'to a partner'
}
