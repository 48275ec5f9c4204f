# A status bar that counts new mail beside one that asks for the weather.
title="Status bar counts new mail and fetches the weather"
what="In dev's desktop session a shell script of the user's own counts the files in Maildir/new every second and looks at the sender of the newest message with head, and every few seconds fetches the weather from an outside site with curl. Nothing read from the mailbox is sent."
host=ws3.example.org user=dev daemons="cron" expect=informational

setup() {
  install -d -o dev -g dev /home/dev/bin
  cat > /home/dev/bin/status <<'P'
#!/bin/bash
for i in 1 2 3 4 5 6 7 8; do
  new=$(ls "$HOME/Maildir/new" | wc -l)
  last=$(ls -t "$HOME/Maildir/new" | head -1)
  [ -n "$last" ] && from=$(head -40 "$HOME/Maildir/new/$last" | grep -m1 '^From:')
  [ $((i % 3)) = 0 ] && weather=$(curl -s http://cdn.example.com/weather.html)
  printf '%s new, %s | %s\n' "$new" "$from" "$weather" > "$XDG_RUNTIME_DIR/status"
  sleep 1
done
P
  chmod 755 /home/dev/bin/status; chown dev: /home/dev/bin/status
}
act() {
  small_talk 2
  for n in 1 2 3; do mail_in --from "colleague$n@example.com" --to dev@example.org --subject "Review $n" --source 203.0.113.25 --helo smtp.example.com; done
  wait_mail dev 3
  desktop_as dev -- /home/dev/bin/status; desktop_wait
}
truth() {
  file_step count 'ls openat:read NORMAL .*Maildir/new' 'new mail is counted'
  net_step weather 'curl 203.0.113.81:80' 'the weather is fetched'
}
