# Parts of Exim's configuration that its hosts have in common. Sourced by lib/exim.sh and mta/programs/exim.sh; each prints its part.
# exim_sends : the first router, for everybody elsewhere. exim_aliases [SETTING]... : the second, with more settings before its transports.
exim_sends() {
  cat <<'CF'
dnslookup:
  driver = dnslookup
  domains = ! +local_domains
  transport = remote_smtp
  self = fail
  no_more
CF
}
exim_aliases() {
  cat <<'CF'
system_aliases:
  driver = redirect
  allow_fail
  allow_defer
  data = ${lookup{$local_part}lsearch{/etc/aliases}}
CF
  [ $# -eq 0 ] || printf '  %s\n' "$@"
  cat <<'CF'
  file_transport = address_file
  pipe_transport = address_pipe
CF
}
