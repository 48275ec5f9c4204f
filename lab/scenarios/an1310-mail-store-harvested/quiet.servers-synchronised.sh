# A mailbox on the move between two servers of the same house, and a laptop's copy of another.
title="mbsync moves mailboxes between own servers, offlineimap keeps a local copy"
what="ops runs mbsync between this host's Dovecot and the second IMAP server of the organisation (198.51.100.20) for three mailboxes, server to server, as imapsync does (which Debian does not carry); dev's offlineimap fetches dev's mailbox from the second server into ~/Mail and sends changes back, twice. All of it is IMAP, all of it to the own network."
host=mx1.example.org user=ops daemons="cron sshd dovecot" expect=informational

setup() {
  dovecot_config
  mkdir -p "$base/out/imap2" "$base/out/imap2run"; chmod 755 "$base/out/imap2"
  sed -e "s#^listen.*#listen = 198.51.100.20#; s#^mail_location.*#mail_location = maildir:$base/out/imap2/%u#; s#^base_dir.*#base_dir = $base/out/imap2run#; s#^log_path.*#log_path = $base/out/imap2.log#" /etc/dovecot/dovecot.conf > "$base/out/imap2.conf"
  printf 'state_dir = %s/imap2state\n' "$base/out" >> "$base/out/imap2.conf"; mkdir -p "$base/out/imap2state"
  for name in clerk buyer dev; do install -d -o "$name" -g "$name" -m 700 "$base/out/imap2/$name"; done
  { for name in clerk buyer dev; do
      printf 'IMAPAccount old-%s\nHost 127.0.0.1\nUser %s\nPass lab-only\nSSLType None\nAuthMechs LOGIN\n\nIMAPStore old-%s\nAccount old-%s\n\n' $name $name $name $name
      printf 'IMAPAccount new-%s\nHost 198.51.100.20\nUser %s\nPass lab-only\nSSLType None\nAuthMechs LOGIN\n\nIMAPStore new-%s\nAccount new-%s\n\n' $name $name $name $name
      printf 'Channel %s\nFar :old-%s:\nNear :new-%s:\nPatterns INBOX\nCreate Near\nSync Pull\nSyncState ~/.mbsync/\n\n' $name $name $name
    done; } > /home/ops/.mbsyncrc
  install -d -o ops -g ops /home/ops/.mbsync; chown ops: /home/ops/.mbsyncrc; chmod 600 /home/ops/.mbsyncrc
  printf '[general]\naccounts = office\nui = quiet\n[Account office]\nlocalrepository = here\nremoterepository = there\n[Repository here]\ntype = Maildir\nlocalfolders = ~/Mail\n[Repository there]\ntype = IMAP\nremotehost = 198.51.100.20\nremoteuser = dev\nremotepass = lab-only\nssl = no\nstarttls = no\nauth_mechanisms = LOGIN\n' > /home/dev/.offlineimaprc
  chown dev: /home/dev/.offlineimaprc; chmod 600 /home/dev/.offlineimaprc
}
act() {
  outside dovecot -F -c "$base/out/imap2.conf" & own_pids+=($!)
  wait_file "$base/out/imap2run/master.pid" 10
  for n in 1 2 3 4; do mail_in --from "office$n@example.net" --to clerk@example.org --to buyer@example.org --to dev@example.org --subject "Circular $n"; done
  wait_mail dev 4; wait_mail clerk 4; sleep 1
  ssh_as ops <<'L'
mbsync -q clerk buyer dev
L
  ssh_as dev <<'L'
offlineimap -o -u quiet
ls Mail/INBOX/new | wc -l
L
  mail_in --from "office9@example.net" --to dev@example.org --subject "Circular 9"; sleep 1
  ssh_as ops <<'L'
mbsync -q dev
L
  ssh_as dev <<'L'
offlineimap -o -u quiet
L
  small_talk 1
}
truth() {
  exec_step move 'mbsync -q clerk buyer dev' 'mailboxes are moved'
  net_step from 'mbsync 127.0.0.1:143' 'from this server'
  net_step to 'mbsync 198.51.100.20:143' 'to the second'
  exec_step copy 'offlineimap -o' 'a local copy is kept'
  file_step write 'open(at)?:write CREATE .*/Mail/INBOX/' 'message by message'
}
