title="A status line counts and lists new mail and asks for the weather"
what="dev's own shell script in ~/bin counts new messages, shows the newest senders with mblaze and fetches the weather with curl, every few minutes, in his tmux-less console session."
user=dev daemons="cron" store=maildir expect=informational
setup() {
  mkdir -p /home/dev/bin
  cat > /home/dev/bin/status <<'P'
#!/bin/sh
n=$(mlist -N ~/Maildir | wc -l)
mlist ~/Maildir | tail -3 | mscan 2>/dev/null
w=$(curl -s http://files.example.net/weather.txt)
echo "mail $n weather $w"
P
  chmod 755 /home/dev/bin/status; chown -R dev: /home/dev; echo "8 C" > "$base/out/www/weather.txt"
}
act() {
  for i in 1 2 3 4 5 6; do mail_in --from "office$i@example.net" --to "$user@example.org" --subject "Note $i" --source 203.0.113.1$i --helo host1$i.example.net --text "Hello,\\n\\nnote $i.\\n"; done
  wait_mail dev 6
  console_as dev <<'L'
~/bin/status
%sleep 1
~/bin/status
%sleep 1
~/bin/status
L
}
truth() {
  file_step read 'mscan open(at)?:read NORMAL /home/dev/Maildir' 'mscan reads the newest messages'
  exec_step ask 'curl -s http://files.example.net/weather.txt' 'the same script asks for the weather'
  net_step connect 'curl 203.0.113.80:80' 'outside'
}
