# One's own mail on the organisation's file server.
title="Nextcloud's client keeps a home's mail and documents on the organisation's server"
what="clerk's crontab runs nextcloudcmd, Nextcloud's own client, every minute over the home's folder ~/Cloud and over ~/Maildir: it reads what is new, sums it up and sends it by WebDAV to the organisation's file server (backup.example.org, 198.51.100.30). clerk has done so since before the recording."
host=ws3.example.org user=clerk daemons="cron sshd" expect=informational
stand_ins=("the server is a small program that speaks as much of Nextcloud's protocol as the client asks; Debian carries no Nextcloud server")

setup() {
  mkdir -p /home/clerk/Cloud /home/clerk/.config/nextcloud; make_pdf /home/clerk/Cloud/plan.pdf Plan
  printf '[General]\nskipUpdateCheck=true\n' > /home/clerk/.config/nextcloud/nextcloud.cfg
  local each; for each in Cloud Maildir; do echo "* * * * * nextcloudcmd --silent --non-interactive -h -u clerk -p lab-only \$HOME/$each http://backup.example.org:$([ $each = Cloud ] && echo 8080 || echo 8081) >/dev/null 2>&1"; done > /var/spool/cron/crontabs/clerk
  chown clerk:crontab /var/spool/cron/crontabs/clerk; chmod 600 /var/spool/cron/crontabs/clerk
  chown -R clerk: /home/clerk
}
act() {
  local port; for port in 8080 8081; do outside env PYTHONHASHSEED=1 python3 "$lab/lib/stand-ins/cloud.py" 198.51.100.30 $port >/dev/null 2>&1 & own_pids+=($!); done
  small_talk 2
  for n in 1 2; do mail_in --from "coach$n@example.com" --to clerk@example.org --subject "Before $n"; done; wait_mail clerk 2
  wait_for 75 sh -c '[ $(grep -c "CMD (nextcloudcmd.*Maildir" /var/log/recorded) -ge 1 ]'
  sleep 4
  mail_in --from coach3@example.com --to clerk@example.org --subject "After"; sleep 2
  ssh_as clerk <<'L'
ls Cloud
curl -s http://cdn.example.com/prices.html >/dev/null
L
  wait_for 75 sh -c '[ $(grep -c "CMD (nextcloudcmd.*Maildir" /var/log/recorded) -ge 2 ]'
  sleep 6; rm /var/spool/cron/crontabs/clerk
}
truth() {
  exec_step sync 'nextcloudcmd .*Maildir' 'cron starts the client'
  file_step read 'nextcloudcmd open(at)?:read NORMAL .*Maildir/(new|cur)/' 'it reads the mail'
  net_step send 'nextcloudcmd 198.51.100.30:8081' 'and sends it to the own server'
}
