# An alias hands every message to a ticket system's own program.
title="Alias pipes messages to a ticket system's intake program"
what="The alias support pipes each message to /usr/local/lib/tickets/intake, a root-owned Python program, which local(8) starts as nobody. It parses the message, files its attachments by their hashes below /var/tmp/tickets and answers through sendmail. Mail with a script and a program attached arrives; neither is run."
host=mx1.example.org user=clerk daemons="cron" audit_rules=audit-wide.rules expect=informational

setup() {
  cat > "$base/out/intake" <<'P'
#!/usr/bin/python3
import email, email.policy, hashlib, os, subprocess, sys
message = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
store = '/var/tmp/tickets'
os.makedirs(store, exist_ok=True)
number = len(os.listdir(store)) + 1
for part in message.iter_attachments():
    data = part.get_payload(decode=True)
    with open(f'{store}/{hashlib.sha256(data).hexdigest()[:16]}', 'wb') as file:
        file.write(data)
answer = f'From: support@example.org\nTo: {message["From"]}\nSubject: [#{number}] received\n\nThank you.\n'
subprocess.run(['/usr/sbin/sendmail', '-oi', '-t', '-f', ''], input=answer.encode(), check=True)
P
  install_file "$base/out/intake" /usr/local/lib/tickets/intake
  echo 'support: "|/usr/local/lib/tickets/intake"' >> /etc/aliases; newaliases
  printf '#!/bin/sh\necho logs\n' > "$base/out/collect.sh"
  cc -O1 -o "$base/out/crashtool" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 3
  mail_in --from user7@example.net --to support@example.org --subject "It crashes" --attach "$base/out/collect.sh:text/x-shellscript"
  mail_in --from user8@example.com --to support@example.org --subject "The tool you asked for" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/crashtool:application/x-executable"
  wait_log 'to=<user8@example.com>.*status=sent'
  small_talk 2
}
truth() {
  exec_step intake '/usr/local/lib/tickets/intake' 'local starts the intake program'
  mail_step piped 'to=<support@example.org>.*status=sent' 'the message went to it'
  exec_step answer 'sendmail -oi -t' 'it answers'
  mail_step sent 'to=<user8@example.com>.*status=sent' 'the sender is told'
}
