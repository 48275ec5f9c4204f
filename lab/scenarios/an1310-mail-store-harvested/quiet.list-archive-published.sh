title="The public archive of a list rebuilt from its Maildir and sent to the own web server"
what="The account lists receives the letters of a public list. Its own script, in its crontab for long, turns the Maildir into pages below ~/public and sends those by rsync to the own web server (198.51.100.30). The listmaster also runs it by hand after removing one letter. People read and send mail besides."
host=mx1.example.org user=lists daemons="cron sshd" expect=informational people="ops dev clerk buyer intern lists"
setup() {
  outside_rsyncd
  mkdir -p /home/lists/bin /home/lists/public
  cat > /home/lists/bin/archive.py <<'P'
import email, html, os, subprocess
home = os.path.expanduser('~')
rows = []
for box in ('new', 'cur'):
    for name in sorted(os.listdir(f'{home}/Maildir/{box}')):
        letter = email.message_from_binary_file(open(f'{home}/Maildir/{box}/{name}', 'rb'))
        page = name.split('.')[0] + name.split('.')[1][:12] + '.html'
        rows.append(f'<li><a href="{page}">{html.escape(letter["subject"] or "")}</a></li>')
        open(f'{home}/public/{page}', 'w').write(f'<pre>{html.escape(str(letter.get_payload()))}</pre>')
open(f'{home}/public/index.html', 'w').write('\n'.join(rows))
subprocess.run(['rsync', '-a', '--delete', f'{home}/public/', 'rsync://backup.example.org/in/c/'], check=True)
P
  chown -R lists: /home/lists
  echo '* * * * * python3 $HOME/bin/archive.py' | crontab_of lists
}
act() {
  local n; for n in 1 2 3 4 5 6 7 8 9 10; do mail_in --from "member$n@example.com" --to lists@example.org --subject "[garden] seeds $n" --source "192.0.2.$((n + 30))" --helo "host$((n + 30)).example.com"; done
  wait_mail lists 10; small_talk 3
  wait_log_file /var/log/recorded 'CMD (python3 $HOME/bin/archive.py)' 70; sleep 3
  ssh_as lists <<'L'
grep -l "seeds 4$" Maildir/new/*
rm "$(grep -l 'Subject: .garden. seeds 4$' Maildir/new/* | head -1)"
python3 bin/archive.py
ls public | wc -l
L
  ssh_as clerk <<'L'
echo "see you at ten" | mail -s "Tuesday" partner3@example.net
L
  small_talk 2
}
truth() {
  file_step read 'python3[.0-9]* openat:read .*lists/Maildir/new/' 'the letters of the list'
  exec_step send 'rsync -a --delete /home/lists/public/' 'the pages are published'
  net_step to 'rsync 198.51.100.30:873' 'on the own web server'
}
