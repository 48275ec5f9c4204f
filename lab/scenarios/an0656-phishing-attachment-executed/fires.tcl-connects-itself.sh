title="Roster script saved with neomutt and given to tclsh"
what="intern opens a message at the console in neomutt, saves the Tcl attachment and runs it; the interpreter itself opens a connection to 203.0.113.66:9001, no child."
user=intern daemons="cron" store=mbox audit_rules=audit-wide.rules
setup() {
  cat > "$base/out/rooster.tcl" <<'P'
# rooster viewer
set s [socket 203.0.113.66 9001]
puts $s "from [info hostname] user $tcl_platform(user)"
flush $s
after 300
close $s
puts "no shifts this week"
P
  printf 'set folder=~/\nset sleep_time=0\nset move=no\nset wait_key=no\nset save_empty=no\n' > /home/intern/.neomuttrc
  chown intern: /home/intern/.neomuttrc
}
act() {
  small_talk 2
  mail_in --from planning@example.com --to intern@example.org --subject "Shifts from Monday" --source 203.0.113.25 --helo smtp.example.com \
    --text "Hello,\n\nyour shifts are in the enclosed viewer (tclsh rooster.tcl).\n\nPlanning\n" --attach "$base/out/rooster.tcl:text/plain:rooster.tcl"
  wait_log 'from=<planning@example.com>'
  wait_mail intern 1
  console_as intern <<'L'
mkdir -p werk; cd werk
%saves neomutt
ls -l
%sleep 2
tclsh rooster.tcl
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<intern@example.org>.*status=sent' 'the message reaches the mbox of intern'
  file_step save 'neomutt .*CREATE /home/intern/werk/.*rooster.tcl' 'neomutt writes the attachment'
  exec_step execute 'tclsh8.6 tclsh rooster.tcl' 'tclsh runs it by name'
  net_step beacon 'tclsh8.6 203.0.113.66:9001' 'the interpreter itself connects, no child'
}
