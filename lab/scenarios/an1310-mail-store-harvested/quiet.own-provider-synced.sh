title="A person's account at an outside provider is synced into a folder of the Maildir"
what="dev has had ~/.mbsyncrc and a crontab line for long: mbsync keeps ~/Maildir/.private the same as the box at a provider (203.0.113.67), both ways; notmuch indexes. dev reads with neomutt, files one letter and mails a colleague."
user=dev daemons="cron sshd" expect=informational
setup() {
  mkdir -p "$base/out/far/home/m/new" "$base/out/far/home/m/cur" "$base/out/far/home/m/tmp"
  local i; for i in 1 2 3 4 5; do printf 'From: friend%s@example.net\nTo: dev.home@example.com\nSubject: Weekend %s\nMessage-ID: <w%s@example.net>\nDate: Mon, 16 Nov 2026 10:0%s:00 +0000\n\nSee you.\n' $i $i $i $i > "$base/out/far/home/m/new/179500000$i.M$i.far"; done
  outside_imap dev
  own_file /home/dev/.mbsyncrc <<'X'
IMAPAccount private
Host 203.0.113.67
Port 143
User dev
Pass lab-only
SSLType None
AuthMechs LOGIN

IMAPStore far
Account private

MaildirStore near
Path ~/Maildir/
Inbox ~/Maildir/.private

Channel private
Far :far:
Near :near:
Patterns INBOX
SyncState ~/.mbsync-
Create Both
Expunge Both
Sync All
X
  chown dev: /home/dev; mkdir -p /home/dev/Maildir/.private/{cur,new,tmp}; chown -R dev: /home/dev/Maildir
  crontab_of dev <<'X'
* * * * * mbsync -q private
X
}
act() {
  outside_imap_start
  mail_in --from 'lead%n@example.net' --to dev@example.org --subject 'Release %n' --count 4 --text "The plan.\n"
  small_talk 2
  sleep 62
  ssh_as dev <<'L'
ls Maildir/.private/new Maildir/.private/cur
grep -h ^Subject Maildir/.private/new/*
echo "Is the release still on Friday?" | mail -s "Friday" ops@example.org
mv Maildir/.private/new/* Maildir/.private/cur/; mbsync -q private
L
  small_talk 1
  sleep 30
}
truth() {
  log_step run 'CRON.*dev.*CMD.*mbsync' 'the crontab runs'
  exec_step sync 'mbsync -q private' 'mbsync syncs'
  net_step far 'mbsync 203.0.113.67:143' 'with the provider'
  exec_step look 'grep .*Subject' 'dev looks'
}
