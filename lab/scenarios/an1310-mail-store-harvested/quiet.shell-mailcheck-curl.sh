# The shell itself looks at the mailbox before its prompts.
title="A shell's MAILCHECK beside uploads with curl"
what="clerk's bash looks at /var/mail/clerk before each prompt (MAIL, MAILCHECK=0) and says so when new mail is there, while clerk uploads a report and posts a form with curl. The shell looks at the file's times only; once clerk looks at the first lines with head."
host=mx1.example.org user=clerk daemons="cron sshd" store=mbox audit_rules=audit-wide.rules expect=informational

setup() {
  printf 'export MAIL=/var/mail/clerk MAILCHECK=0\n' >> /home/clerk/.bashrc
  seq 300 > /home/clerk/report.csv; chown clerk: /home/clerk/report.csv
}
act() {
  small_talk 2
  mail_in --from a@example.net --to clerk@example.org --subject "First"
  wait_mail clerk 1
  ssh_as clerk <<'L'
ls -l
curl -s -T report.csv http://files.example.net/reports/november.csv
%sleep 2
head -4 /var/mail/clerk
curl -s -d 'done=yes' http://cdn.example.com/form
date
L
  mail_in --from b@example.net --to clerk@example.org --subject "Second"
  ssh_as clerk <<'L'
date
curl -s -T report.csv http://files.example.net/reports/again.csv
L
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'mail is delivered'
  exec_step upload 'curl -s -T report.csv' 'a report is uploaded'
  exec_step look 'head -4 /var/mail/clerk' 'the mailbox is looked at'
  exec_step post 'curl -s -d done=yes' 'a form is posted'
}
