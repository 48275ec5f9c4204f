# Two things that one person does in one session, and that have nothing to do with each other.
title="Own mail archived on a disk, and a talk uploaded"
what="The clerk packs the own Maildir with tar onto a disk below /mnt, whose writes are not recorded, and a minute later uploads a presentation with curl to 203.0.113.80."
host=mx1.example.org user=clerk daemons="cron sshd" expect=informational

setup() {
  private /mnt; install -d -o clerk -g clerk /mnt/disk
  install -d -o clerk -g clerk /home/clerk/slides; head -c 50000 /dev/urandom > /home/clerk/slides/talk.odp; chown clerk: /home/clerk/slides/talk.odp
}
act() {
  small_talk 3; for n in 1 2 3; do mail_in --from "office$n@example.net" --to clerk@example.org --subject "Hello $n"; done
  wait_mail clerk 3
  ssh_as clerk <<'L'
tar -C ~ -czf /mnt/disk/mail-2026.tgz Maildir
sha256sum /mnt/disk/mail-2026.tgz
find Maildir -type f -size +1M
curl -s -T slides/talk.odp http://files.example.net/talks/
grep -rl Hello Maildir | wc -l
%sleep 1
L
}
truth() {
  exec_step pack 'tar -C /home/clerk -czf /mnt/disk' 'the own mail is archived'
  exec_step upload 'curl -s -T slides/talk.odp' 'something else is uploaded'
}
