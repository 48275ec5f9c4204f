title="intern takes the mail client's profile to a new machine of the own network"
what="intern packs ~/.thunderbird with tar on the old workstation and copies it with rsync over ssh to the desk 198.51.100.50, then checks sums there. The new machine is of the own network. Later intern uploads a slide deck to files.example.net by curl."
host=ws3.example.org user=intern daemons="cron sshd" expect=low
setup() {
  local p=/home/intern/.thunderbird/k2x9.default-esr i
  mkdir -p $p/ImapMail/mx1.example.org
  for i in 1 2 3 4 5 6; do printf 'From - Mon\nFrom: partner%s@example.net\nSubject: offer %s\n\n%s\n\n' $i $i "$(head -c 600 /dev/urandom | base64)"; done > $p/ImapMail/mx1.example.org/INBOX
  head -c 9000 /dev/urandom > $p/global-messages-db.sqlite; echo 'user_pref("a",1);' > $p/prefs.js; head -c 20000 /dev/urandom > /home/intern/deck.odp; chown -R intern: /home/intern
  user=intern outside_sshd
  sed -i 's/@/@/' "$base/out/sshd.conf"
}
act() {
  small_talk 3
  ssh_as intern <<'L'
tar czf profile.tgz .thunderbird
sha256sum profile.tgz
rsync -e "ssh -p 2222 -i .ssh/id_out -o StrictHostKeyChecking=no" profile.tgz root@desk.example.org:/tmp/profile-lab.tgz
ssh -p 2222 -i .ssh/id_out -o StrictHostKeyChecking=no root@desk.example.org "sha256sum /tmp/profile-lab.tgz; rm /tmp/profile-lab.tgz"
rm profile.tgz
%sleep 3
curl -s -T deck.odp http://files.example.net/talks/
L
  small_talk 1
}
truth() {
  exec_step pack 'tar czf profile.tgz .thunderbird' 'packed'
  net_step copy 'ssh 198.51.100.50:2222' 'to the new machine'
}
