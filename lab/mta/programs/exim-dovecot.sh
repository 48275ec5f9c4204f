# Exim that hands mail for its own users to Dovecot by LMTP. Dovecot is this machine's.
. "$here/programs/exim.sh"
logs="/var/log/exim4/*log* /var/log/mail.log"
eval "$(declare -f configure | sed '1s/configure/configure_exim/')"
eval "$(declare -f start | sed '1s/start/start_exim/')"
configure() {
  configure_exim
  python3 - "$root/etc/exim4/exim4.conf" <<'PY'
import re, sys
text = open(sys.argv[1]).read()
text = re.sub(r'local_delivery:\n  driver = appendfile\n.*?(?=address_pipe:)', 'local_delivery:\n  driver = lmtp\n  socket = /run/dovecot/lmtp\n  batch_max = 20\n', text, flags=re.S)
open(sys.argv[1], 'w').write(text)
PY
  printf 'dovecot:x:106:106::/usr/lib/dovecot:/usr/sbin/nologin\ndovenull:x:107:107::/nonexistent:/usr/sbin/nologin\n' >> "$root/etc/passwd"
  printf 'dovecot:x:106:\ndovenull:x:107:\n' >> "$root/etc/group"
  rm -rf "$root/etc/dovecot" "$root/var/lib/dovecot"; mkdir -p "$root/etc/dovecot" "$root/var/lib/dovecot"
  cat > "$root/etc/dovecot/dovecot.conf" <<CF
protocols = lmtp
ssl = no
auth_username_format = %Ln
mail_location = maildir:/home/%n/Maildir
first_valid_uid = 1000
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = passwd
}
service lmtp {
  unix_listener lmtp {
    mode = 0666
  }
}
protocol lmtp {
  postmaster_address = postmaster@example.test
}
CF
}
start() { dovecot; start_exim; }
