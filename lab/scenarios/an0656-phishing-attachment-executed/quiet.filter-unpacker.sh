# A content filter of the mail system unpacks every attachment under its own account, an executable among them, and sends the mail on.
title="Content filter unpacks attachments at the mail server"
what="Every message passes a content filter (Postfix pipe transport, account amavis, shell script in /usr/local/lib): it saves the message under /var/tmp, unpacks the MIME parts with ripmime and
archives with unzip and 7z, looks at them with file and sha256sum, deletes all and re-injects with sendmail. One message carries a zip with a program and a script; neither is run."
host=mx1.example.org user=amavis daemons="cron" expect=informational

setup() {
  echo 'amavis:x:996:996:content filter:/var/lib/amavis:/usr/sbin/nologin' >> /etc/passwd; echo 'amavis:x:996:' >> /etc/group; echo 'amavis:*:20000:0:99999:7:::' >> /etc/shadow
  cat > "$base/out/scan" <<'P'
#!/bin/sh
# Keeps a message aside, looks into its parts, sends it on.
umask 077
dir=$(mktemp -d /var/tmp/scan.XXXXXX) || exit 75
trap 'rm -rf "$dir"' EXIT
cat > "$dir/message" || exit 75
mkdir "$dir/parts"
ripmime -i "$dir/message" -d "$dir/parts" >/dev/null 2>&1
for part in "$dir"/parts/*; do
  case $(file -b --mime-type "$part") in
    application/zip) unzip -q -o "$part" -d "$part.d" ;;
    application/x-7z-compressed) 7z x -y -o"$part.d" "$part" >/dev/null ;;
  esac
done
find "$dir/parts" -type f -exec sha256sum {} + > "$dir/sums"
find "$dir/parts" -type f -exec file -b {} + | sort -u > "$dir/kinds"
/usr/sbin/sendmail -G -i "$@" < "$dir/message"
P
  install_file "$base/out/scan" /usr/local/lib/mailscan/scan
  cat >> /etc/postfix/master.cf <<'M'
scan      unix  -       n       n       -       4       pipe
  flags=Rq user=amavis null_sender= argv=/usr/local/lib/mailscan/scan -f ${sender} -- ${recipient}
M
  sed -i 's/^smtp      inet.*smtpd$/&\n  -o content_filter=scan:dummy/' /etc/postfix/master.cf
  mkdir -p "$base/out/kit"; cc -O1 -o "$base/out/kit/setup" "$lab/lib/stand-ins/beacon.c"; printf '#!/bin/sh\necho install\n' > "$base/out/kit/install.sh"
  chmod 755 "$base/out/kit/install.sh"
  (cd "$base/out" && zip -q -r printer-kit.zip kit && 7z a -bd printer-kit.7z kit >/dev/null)
}
act() {
  small_talk 2
  mail_in --from support@example.net --to dev@example.org --subject "Printer kit" --attach "$base/out/printer-kit.zip:application/zip"
  mail_in --from support@example.net --to clerk@example.org --subject "Printer kit (7z)" --attach "$base/out/printer-kit.7z:application/x-7z-compressed"
  wait_mail dev 1; wait_mail clerk 1
  small_talk 3
  sleep 3
}
truth() {
  exec_step filter 'mailscan/scan' 'Postfix runs the content filter'
  exec_step unpack 'ripmime -i /var/tmp/scan' 'which takes the message apart'
  exec_step archive 'unzip -q -o /var/tmp/scan' 'and the archive in it'
  exec_step reinject 'sendmail -G -i' 'and sends it on'
  mail_step deliver 'to=<dev@example.org>.*status=sent .delivered to maildir' 'delivered'
}
