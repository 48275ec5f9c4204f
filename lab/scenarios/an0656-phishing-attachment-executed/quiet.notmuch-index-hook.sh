# Indexers read everything, attachments included; a hook of the user's own tags.
title="notmuch and mu index the mailbox, notmuch's hook tags"
what="A crontab line of dev runs notmuch new every minute, whose post-new hook, a script that dev has had for years, tags list mail; mu indexes the same Maildir at a prompt. A script and a zip archive with a program are attached to some of the mail; nothing is unpacked or run."
host=ws3.example.org user=dev daemons="cron sshd" audit_rules=audit-wide.rules expect=informational

setup() {
  printf '[database]\npath=/home/dev/Maildir\n[user]\nname=dev\nprimary_email=dev@example.org\n[new]\ntags=new;\n' > /home/dev/.notmuch-config
  mkdir -p /home/dev/Maildir/.notmuch/hooks /home/dev/bin
  printf '#!/bin/sh\nnotmuch tag +list -new -- tag:new and to:dev+lists\nnotmuch tag +inbox -new -- tag:new\n' > /home/dev/Maildir/.notmuch/hooks/post-new
  chmod 755 /home/dev/Maildir/.notmuch/hooks/post-new
  chown -R dev: /home/dev/.notmuch-config /home/dev/Maildir /home/dev/bin
  echo '* * * * * notmuch new --quiet' > /var/spool/cron/crontabs/dev; chown dev:crontab /var/spool/cron/crontabs/dev; chmod 600 /var/spool/cron/crontabs/dev
  cc -O1 -o "$base/out/tool" "$lab/lib/stand-ins/beacon.c"; (cd "$base/out" && zip -q tool.zip tool)
  printf '#!/bin/sh\necho report\n' > "$base/out/report.sh"
}
act() {
  mail_in --from tools@example.net --to dev@example.org --subject "Tool" --attach "$base/out/tool.zip:application/zip"
  mail_in --from tools@example.net --to dev@example.org --subject "Script" --attach "$base/out/report.sh:text/x-shellscript"
  mail_in --from author@example.com --to dev+lists@example.org --subject "[docs] Re: index" --source 203.0.113.40 --helo lists.example.net
  wait_mail dev 3
  wait_file /home/dev/Maildir/.notmuch/xapian/iamglass 75; sleep 3
  ssh_as dev <<'L'
notmuch search tag:inbox | cat
mu init --quiet --maildir=/home/dev/Maildir
mu index --quiet
mu find --fields 'd f s' script | cat
L
}
truth() {
  mail_step deliver 'to=<dev@example.org>.*status=sent' 'mail is delivered'
  exec_step index 'notmuch new' 'cron runs the indexer'
  file_step read 'notmuch open(at)?:read NORMAL .*Maildir/(new|cur)/' 'it reads the messages'
  exec_step hook 'hooks/post-new' 'its hook runs'
  exec_step tag 'notmuch tag ' 'and tags'
  exec_step index-too 'mu index' 'another indexer reads the same'
}
