# GNOME's desktop search reads what lies in a home, mail included, and sends nothing.
title="Tracker indexes a home directory with its Maildir"
what="In clerk's desktop session, with a message bus of its own, tracker-miner-fs-3, GNOME's indexer, goes over the whole home directory and looks into every message that clerk has read; clerk asks it with tracker3 search. In a terminal clerk fetches a page with curl."
host=ws3.example.org user=clerk daemons="cron sshd" expect=informational

setup() {
  install -d -o clerk -g clerk /home/clerk/Documents /home/clerk/.config/glib-2.0 /home/clerk/.config/glib-2.0/settings
  make_pdf /home/clerk/Documents/plan.pdf Plan; echo 'contract of May' > /home/clerk/Documents/contract.txt
  printf "[org/freedesktop/tracker/miner/files]\nindex-recursive-directories=['/home/clerk']\nindex-single-directories=@as []\nignored-directories-with-content=@as []\n" > /home/clerk/.config/glib-2.0/settings/keyfile
  chown -R clerk: /home/clerk
}
act() {
  for n in 1 2 3 4; do mail_in --from "author$n@example.com" --to clerk@example.org --subject "Re: contract $n"; done
  wait_mail clerk 4
  # Read mail has its flags behind the host's name. Before, `….example.org` is the name of an Org document to the indexer, which then does not look into it.
  ssh_run clerk 'cd Maildir/new && for each in *; do mv "$each" "../cur/$each:2,S"; done'
  desktop_as clerk GSETTINGS_BACKEND=keyfile -- /usr/bin/dbus-run-session -- sh -c '/usr/libexec/tracker-miner-fs-3 --initial-sleep=0 & sleep 10; tracker3 search contract; kill $!'
  sleep 4
  ssh_as clerk <<'L'
curl -s http://cdn.example.com/status.html >/dev/null
L
  desktop_wait || true
}
truth() {
  mail_step deliver 'to=<clerk@example.org>.*status=sent' 'mail is delivered'
  exec_step index 'tracker-miner-fs-3' 'the indexer starts'
  file_step read 'tracker-miner-fs-3 open(at)?:read NORMAL .*Maildir/cur/1' 'it looks into a message'
  exec_step search 'tracker3 search contract' 'and is asked'
}
