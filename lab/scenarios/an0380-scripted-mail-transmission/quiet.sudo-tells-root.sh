title="sudo itself mails the administrator about people it refuses"
what="intern and dev, who are not in sudoers, try sudo on terminals; the real sudo mails root each time (mail_no_user), which is ops. An own wrapper ~/bin/sudo-log of ops that only writes a line to a file is used too. Nothing leaves the site."
host=mx1.example.org user=intern daemons="cron sshd" expect=informational
setup() {
  printf 'Defaults mail_no_user, mail_badpass\nops ALL=(root) NOPASSWD: ALL\n' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops
  for u in intern dev; do usermod -p "$(openssl passwd -6 lab-only)" $u; done
  mkdir -p /home/ops/bin; printf '#!/bin/sh\necho "$(date) $*" >> ~/sudo.log\nexec /usr/bin/sudo "$@"\n' > /home/ops/bin/sudo-log; chmod 755 /home/ops/bin/sudo-log; chown -R ops: /home/ops/bin
}
act() {
  small_talk 2
  for u in intern dev intern; do ssh_as $u <<'L'
ls
%line sudo apt-get install htop
%wait password
%keys lab-only\n
%sleep 3
L
  done
  ssh_as ops <<'L'
~/bin/sudo-log mailq
~/bin/sudo-log tail -n 3 /var/log/auth.log
L
  wait_log 'orig_to=<root>' 20; small_talk 1
}
truth() {
  exec_step try 'sudo apt-get install htop' 'tried'
  mail_step told 'to=<ops@example.org>, orig_to=<root>.*status=sent' 'root is told'
}
