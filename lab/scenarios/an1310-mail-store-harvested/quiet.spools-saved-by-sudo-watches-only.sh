title="Before an upgrade the administrator saves the spools to the own backup host by sudo, on a host that watches only /var/mail and /home"
what="ops comes in from a desk of the own network, copies /var/mail by sudo to /var/backups/before-upgrade, packs that, sends it with rsync to the own backup host, then keeps the folder itself there by a second rsync, and looks at the list. The host has audit watches on /var/mail and /home and nothing else. Mail is delivered and read."
host=mx1.example.org user=ops store=mbox daemons="cron sshd" audit_rules=audit-none.rules expect=informational
people="ops karin jette thies"
aliases='postmaster: root\nroot: ops\ninfo: karin, jette\nabuse: root\n'
audit_extra=$'-w /var/mail -p rwa -k mailwatch\n-w /home -p wa -k homewatch'
setup() {
  echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  outside_rsyncd
}
act() {
  local n
  for n in 1 2 3 4; do mail_in --from "praxis$n@example.net" --to karin@example.org --to jette@example.org --to thies@example.org --subject "Rechnung $n" --source 203.0.113.3$n --helo host3$n.example.net; done
  small_talk 2
  console_as karin <<'L'
from
printf 'p\nq\n' | bsd-mailx
L
  ssh_as ops <<'L'
df -h /
sudo ls -l /var/mail
sudo cp -a /var/mail /var/backups/before-upgrade
sudo tar -C /var/backups -czf /var/backups/before-upgrade.tar.gz before-upgrade
sudo rsync -t /var/backups/before-upgrade.tar.gz rsync://backup.example.org/in/mx1/
sudo rsync -a /var/mail/ rsync://backup.example.org/in/mx1/mail/
sudo sh -c 'ls -l /var/backups/before-upgrade.tar.gz >> /var/backups/upgrade.txt'
L
  small_talk 2
}
truth() {
  file_step read 'cp openat:read .*/var/mail/(karin|jette|thies)' 'cp reads the spools'
}
