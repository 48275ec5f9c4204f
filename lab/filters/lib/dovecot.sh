# Dovecot for the recordings: `dovecot_config ACCOUNTS LOG` with ACCOUNTS virtual | system, LOG syslog | own.
dovecot_config() {
  local accounts=$1 log=$2 place=/var/log/dovecot.log
  [ "$log" = own ] || place=syslog
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=mx1.example.org -keyout /etc/dovecot/lab.key -out /etc/dovecot/lab.pem 2>/dev/null
  mkdir -p /var/mail/vmail; chown 2999:2999 /var/mail/vmail
  if dovecot --version | grep -q '^2\.3'; then
    local user='driver = passwd' name='auth_username_format = %Ln' mail='maildir:~/Maildir'
    [ "$accounts" = system ] || { user='driver = static
  args = uid=2999 gid=2999 home=/var/mail/vmail/%Ln'; name=''; }
    cat > /etc/dovecot/dovecot.conf <<CF
protocols = imap pop3 lmtp sieve
listen = *
ssl = yes
ssl_cert = </etc/dovecot/lab.pem
ssl_key = </etc/dovecot/lab.key
disable_plaintext_auth = no
mail_location = $mail
mail_privileged_group = mail
log_path = $place
syslog_facility = mail
base_dir = /run/dovecot
$name
recipient_delimiter = +
lda_mailbox_autocreate = yes
postmaster_address = postmaster@example.org
mail_plugins = ${mail_plugins-}
passdb {
  driver = static
  args = password=lab-only
}
userdb {
  $user
}
service lmtp {
  unix_listener /var/spool/postfix/private/dovecot-lmtp {
    mode = 0600
    user = postfix
    group = postfix
  }
}
service auth {
  unix_listener auth-userdb {
    mode = 0666
  }
}
protocol lmtp {
  mail_plugins = ${mail_plugins-} ${lmtp_plugins-sieve}
}
protocol lda {
  mail_plugins = ${mail_plugins-} ${lmtp_plugins-sieve}
}
plugin {
  sieve = file:~/sieve;active=~/.dovecot.sieve
  ${plugin_extra-}
}
CF
  else
    cat > /etc/dovecot/dovecot.conf <<CF
dovecot_config_version = 2.4.1
dovecot_storage_version = 2.4.1
protocols = imap pop3 lmtp sieve
listen = *
ssl = yes
ssl_server_cert_file = /etc/dovecot/lab.pem
ssl_server_key_file = /etc/dovecot/lab.key
auth_allow_cleartext = yes
mail_driver = maildir
mail_path = ~/Maildir
log_path = $place
syslog_facility = mail
base_dir = /run/dovecot
recipient_delimiter = +
lda_mailbox_autocreate = yes
postmaster_address = postmaster@example.org
passdb static {
  password = lab-only
}
userdb static {
  fields {
    uid = 2999
    gid = 2999
    home = /var/mail/vmail/%{user | username | lower}
  }
}
service lmtp {
  unix_listener /var/spool/postfix/private/dovecot-lmtp {
    mode = 0600
    user = postfix
    group = postfix
  }
}
protocol lmtp {
  mail_plugins = ${lmtp_plugins-sieve}
}
sieve_script personal {
  path = ~/sieve
  active_path = ~/.dovecot.sieve
}
CF
  fi
  
}

home_of() { [ "${accounts:-virtual}" = system ] && echo "/home/$1" || echo "/var/mail/vmail/$1"; }
# sieve_for USER < script
sieve_for() {
  local home; home=$(home_of "$1")
  mkdir -p "$home"; cat > "$home/.dovecot.sieve"
  if [ "${accounts:-virtual}" = system ]; then chown -R "$1:$1" "$home"; else chown -R 2999:2999 /var/mail/vmail; fi
}
sieve_scripts() {
  printf 'require ["fileinto", "mailbox"];\nif exists "list-id" { fileinto :create "Lists"; }\n' | sieve_for clerk
  printf 'redirect "partner@example.net";\n' | sieve_for buyer
  printf 'require ["copy"];\nredirect :copy "home@example.com";\n' | sieve_for dev
  printf 'require ["vacation"];\nvacation :days 1 "Back on Monday.";\n' | sieve_for ops
  printf 'require ["reject"];\nif header :contains "x-kind" "bulk" { discard; }\nelsif header :contains "x-kind" "unwanted" { reject "not wanted"; }\n' | sieve_for intern
}
dovecot_start() {
  dovecot -c /etc/dovecot/dovecot.conf || return 1
  wait_for 10 listens 143
}
readers() { python3 "$lib/readers.py" "$base/acted.jsonl" "$@"; }
