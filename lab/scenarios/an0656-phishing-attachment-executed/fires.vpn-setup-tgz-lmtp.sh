# Delivered by Dovecot's LMTP, saved with Thunderbird, unpacked and set up in a terminal. The host's rules are those of a hardening guide, with people's commands.
title="Mailed VPN update unpacked and set up, under a hardening guide's rules"
what="buyer gets remote-access-2.4.tgz from a helpdesk look-alike, saves it with Thunderbird into Documents/IT, reads the offers of the day, unpacks it, chmod +x setup.sh, ./setup.sh. It copies a program to ~/.local/bin/rasvc, writes a crontab for it and starts it; the program speaks to 203.0.113.66."
host=ws3.example.org user=buyer daemons="cron dovecot sshd" audit_rules=audit-none.rules
postfix_extra="mailbox_transport = lmtp:unix:private/dovecot-lmtp"
shift_plan="day:12m mail:25m work:3h"
audit_extra="-w /etc/passwd -p wa -k identity
-w /etc/sudoers -p wa -k actions
-a always,exit -F arch=b64 -S chmod,fchmod,fchmodat -F auid>=1000 -F auid!=unset -k perm_mod
-a always,exit -F arch=b64 -S chown,fchown,fchownat,lchown -F auid>=1000 -F auid!=unset -k perm_mod
-a always,exit -F arch=b64 -S unlink,unlinkat,rename,renameat -F auid>=1000 -F auid!=unset -k delete
-a always,exit -F arch=b64 -S open,openat,creat,truncate,ftruncate -F exit=-EACCES -F auid>=1000 -F auid!=unset -k access
-a always,exit -F path=/usr/bin/crontab -F perm=x -F auid>=1000 -F auid!=unset -k privileged
-a always,exit -F arch=b64 -S execve -F auid>=1000 -F auid!=unset -k user_cmds"
setup() {
  sed -i /^home_mailbox/d /etc/postfix/main.cf
  dovecot_config
  sed -i 's/^protocols.*/protocols = imap lmtp/' /etc/dovecot/dovecot.conf
  printf 'postmaster_address = postmaster@example.org\nauth_username_format = %%Ln\nservice lmtp {\n  unix_listener /var/spool/postfix/private/dovecot-lmtp {\n    mode = 0600\n    user = postfix\n    group = postfix\n  }\n}\n' >> /etc/dovecot/dovecot.conf
  mkdir -p "$base/out/p/remote-access-2.4"; cd "$base/out/p"
  cc -O1 -o remote-access-2.4/rasvc "$lab/lib/stand-ins/beacon.c"
  printf '#!/bin/sh\n# remote access 2.4\ncd "$(dirname "$0")"\nmkdir -p ~/.local/bin\ncp rasvc ~/.local/bin/rasvc\nchmod 700 ~/.local/bin/rasvc\necho "17 * * * * $HOME/.local/bin/rasvc" | crontab -\n~/.local/bin/rasvc >/dev/null 2>&1 &\necho "Remote access 2.4 installed."\n' > remote-access-2.4/setup.sh
  chmod 644 remote-access-2.4/*; echo 'Unpack, chmod +x setup.sh, ./setup.sh' > remote-access-2.4/README.txt
  tar czf ../remote-access-2.4.tgz remote-access-2.4; cd /
  mkdir -p /home/buyer/Documents/offers; for i in 1 2 3; do printf 'item,price\nbolt,%s\nnut,%s\n' $((i*3)) $((i*2)) > /home/buyer/Documents/offers/o$i.csv; done; chown -R buyer: /home/buyer/Documents
}
act() {
  display_up
  phase day
  small_talk 3
  ssh_as buyer <<'L'
ls Documents/offers
sort -t, -k2 Documents/offers/o1.csv
cp Documents/offers/o1.csv Documents/offers/o1-old.csv
sed -i s/bolt/Bolt/ Documents/offers/o1.csv
L
  small_talk 2
  phase mail
  mail_in --from it-service@example.com --to buyer@example.org --subject "Action required: remote access 2.4" --source 203.0.113.25 --helo smtp.example.com \
    --text "Hello,\n\nthe old remote access ends on Friday. Please install the enclosed update, see README.\n\nIT service\n" --attach "$base/out/remote-access-2.4.tgz:application/gzip"
  wait_mail buyer 1; sleep 1
  small_talk 1
  thunderbird_save buyer remote-access-2.4.tgz Documents/IT
  phase work
  small_talk 2
  console_as buyer <<'L'
cat Documents/offers/o2.csv
cd Documents/IT
ls -l
tar xzf remote-access-2.4.tgz
cd remote-access-2.4
cat README.txt
chmod +x setup.sh
./setup.sh
%sleep 2
cd
ls Documents/offers
L
  small_talk 2
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*lmtp.*status=sent' 'Dovecot delivers the message'
  exec_step unpack 'tar xzf remote-access-2.4.tgz' 'the attachment is unpacked'
  exec_step execute 'sh ./setup.sh' 'its script is run'
  exec_step persist 'crontab -' 'which writes a crontab'
  exec_step program '/home/buyer/.local/bin/rasvc' 'and starts the program'
}
