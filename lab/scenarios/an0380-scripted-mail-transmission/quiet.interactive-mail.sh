# People write mail in a terminal, with files, to the outside.
title="Users write mail at a terminal"
what="The clerk writes a message with mail(1) at a terminal to an outside supplier and sends a second one with mutt and an attachment. Both sit at a terminal and type the text."
host=mx1.example.org user=clerk daemons="cron sshd" expect=informational

setup() { install -d -o clerk -g clerk /home/clerk/Mail; printf 'set sendmail="/usr/sbin/sendmail"\nset edit_headers=no\nset sleep_time=0\nset editor="vi"\n' > /home/clerk/.muttrc; chown clerk: /home/clerk/.muttrc; make_pdf /home/clerk/order-881.pdf "Order 881"; chown clerk: /home/clerk/order-881.pdf; }
act() {
  small_talk 3
  ssh_as clerk <<'L'
ls
%line mail -s "Our order 881" supplier@example.com
%line Dear all,
%line please confirm our order of Tuesday.
%line Kind regards
%line .
%sleep 1
%keys \n
%sleep 1
%line mutt -s "Order 881" -a order-881.pdf -- supplier@example.com
%sleep 2
%keys \r
%sleep 1
%keys \r
%sleep 2
%keys i
%keys Please find the order enclosed.
%keys \e
%sleep 1
%keys :wq
%keys \r
%sleep 2
%keys y
%sleep 2
date
L
  wait_log_count 'to=<supplier@example.com>.*status=sent' 2 20
}
truth() {
  exec_step write 'mail -s Our order 881' 'mail is written at a terminal'
  exec_step attach 'mutt -s Order 881 -a order-881.pdf' 'and a file is sent with mutt'
  mail_step sent 'to=<supplier@example.com>.*status=sent' 'both go out'
}
