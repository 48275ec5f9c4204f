title="Names found by grep in the mail store given to own programs"
what="ops keeps a Maildir and own programs in python and perl that count mails; their arguments come from grep -l over the store, in one line: python3 bin/age.py \$(grep -l ...). One of them asks the own monitoring server. Nothing of a message is run."
host=mx1.example.org user=ops daemons="cron sshd" audit_rules=audit-people.rules expect=informational
setup() {
  mkdir -p /home/ops/bin
  printf 'import sys, os, time\nfor p in sys.argv[1:]: print(int(time.time() - os.path.getmtime(p)))\n' > /home/ops/bin/age.py
  printf 'print scalar(@ARGV), "\\n"; system("curl", "-s", "-o", "/dev/null", "http://backup.example.org/metric?mails=" . scalar(@ARGV));\n' > /home/ops/bin/metric.pl
  chown -R ops: /home/ops
}
act() {
  small_talk 1
  mail_in --from office9@example.net --to ops@example.org --subject "Re: invoice 22" --source 203.0.113.19 --helo host19.example.net
  mail_in --from office8@example.net --to ops@example.org --subject "invoice 23" --source 203.0.113.18 --helo host18.example.net
  wait_mail ops 2
  ssh_as ops <<'L'
python3 bin/age.py $(grep -l invoice Maildir/new/*)
perl bin/metric.pl $(grep -l invoice Maildir/new/*)
grep -h ^Subject Maildir/new/* | sort | perl -ne 'print "- $_"'
L
}
truth() {
  mail_step deliver 'to=<ops@example.org>.*status=sent' 'mail'
  exec_step age 'python3.* bin/age.py' 'own program'
  net_step metric 'curl 198.51.100.30:80' 'own server'
}
