# Sendmail with a filter (filter.py), at a log level that tells of every connection, filter and end.
. "$here/programs/sendmail.sh"
packages="sendmail-bin sasl2-bin python3-milter"
sendmail_log_level=14
local_mailer="FEATURE(\`local_procmail')
INPUT_MAIL_FILTER(\`lab', \`S=unix:/run/filter/sock, F=T')"
eval "$(declare -f configure | sed '1s/configure/configure_sendmail/')"
eval "$(declare -f start | sed '1s/start/start_sendmail/')"
configure() {
  configure_sendmail
  mkdir -p "$root/run/filter"
  cp "$here/filter.py" "$root/run/filter/filter.py"
}
start() {
  /usr/bin/python3 /run/filter/filter.py unix:/run/filter/sock &
  for _ in $(seq 1 50); do [ -S /run/filter/sock ] && break; sleep 0.1; done
  start_sendmail
}
