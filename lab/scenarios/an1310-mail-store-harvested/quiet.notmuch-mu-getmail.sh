# Everything that a mail reader of the terminal does by itself, beside an unrelated download.
title="getmail fetches, notmuch and mu index, a release is downloaded"
what="dev's mail arrives by getmail from the own mail server over IMAP, notmuch and mu index the Maildir (both read every message), a search is shown, and in the same session curl downloads a release file from an outside site. Nothing read from the mailbox is sent."
host=mx1.example.org user=dev daemons="cron sshd dovecot" audit_rules=audit-wide.rules expect=informational

setup() {
  dovecot_config
  install -d -o dev -g dev /home/dev/Mail /home/dev/Mail/{cur,new,tmp} /home/dev/.config /home/dev/.config/getmail
  printf '[retriever]\ntype = SimpleIMAPRetriever\nserver = 127.0.0.1\nusername = dev\npassword = lab-only\n[destination]\ntype = Maildir\npath = ~/Mail/\n[options]\nread_all = false\n' > /home/dev/.config/getmail/getmailrc
  printf '[database]\npath=/home/dev/Mail\n[user]\nname=dev\nprimary_email=dev@example.org\n[new]\ntags=inbox;\n' > /home/dev/.notmuch-config
  chmod 600 /home/dev/.config/getmail/getmailrc; chown -R dev: /home/dev/.config /home/dev/.notmuch-config /home/dev/Mail
  mkdir -p "$base/out/www/pub"; head -c 20000 /dev/urandom > "$base/out/www/pub/tool-1.5.tar.gz"
}
act() {
  for n in 1 2 3 4 5; do mail_in --from "author$n@example.com" --to dev@example.org --subject "Re: release $n" --source 203.0.113.40 --helo lists.example.net; done
  wait_mail dev 5
  ssh_as dev <<'L'
getmail --rcfile=getmailrc -q
notmuch new --quiet
mu init --quiet --maildir=/home/dev/Mail
mu index --quiet
notmuch search release | cat
curl -s -o tool.tar.gz http://cdn.example.com/pub/tool-1.5.tar.gz
notmuch show --format=text release | head -20
sha256sum tool.tar.gz
curl -s -d 'status=testing 1.5' http://relay.example.org/status
L
}
truth() {
  exec_step fetch 'getmail' 'mail is fetched from the own server'
  exec_step index 'notmuch new' 'an indexer reads it'
  exec_step index-too 'mu index' 'and another'
  net_step download 'curl 203.0.113.81:80' 'a release is downloaded'
  exec_step show 'notmuch show --format=text' 'a message is shown'
}
