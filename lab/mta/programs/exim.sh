# Exim, in its own log files. Sourced: sets packages and logs, defines configure and start.
. "$here/../lib/exim-parts.sh"
packages=exim4-daemon-heavy
logs="/var/log/exim4/*log*"
exim_logging="log_file_path = /var/log/exim4/%slog"
exim_selector=""
configure() {
  install -d -m 2750 -o 101 -g 4 "$root/var/log/exim4"
  install -d -m 750 -o 101 -g 101 "$root/var/spool/exim4"
  rm -rf "$root/etc/exim4"; mkdir -p "$root/etc/exim4"
  cat > "$root/etc/exim4/exim4.conf" <<CF
primary_hostname = $fqdn
qualify_domain = $domain
domainlist local_domains = $domain : $fqdn : localhost
domainlist relay_to_domains = branch.example.test
hostlist relay_from_hosts = 127.0.0.1 : 198.51.100.0/24
local_interfaces = $address : ${loopback:-}
exim_user = Debian-exim
exim_group = Debian-exim
spool_directory = /var/spool/exim4
pid_file_path = /run/exim.pid
$exim_logging
$exim_selector
never_users = root
host_lookup = *
rfc1413_query_timeout = 0s
disable_ipv6 = true
tls_advertise_hosts =
smtp_accept_max = 100
smtp_accept_max_per_connection = 1000
smtp_accept_queue_per_connection = 0
remote_max_parallel = 1
keep_environment =
acl_smtp_rcpt = check_rcpt
acl_smtp_data = check_data
acl_smtp_predata = accept
begin acl
check_rcpt:
  accept hosts = :
  accept authenticated = *
  deny message = no such person here
       domains = +local_domains
       !verify = recipient
  accept domains = +local_domains
  accept domains = +relay_to_domains
  accept hosts = +relay_from_hosts
  deny message = relay not permitted
check_data:
  deny message = this carries a virus
       condition = \${if match{\$h_X-Test-Virus:}{yes}}
  defer message = come back later
       condition = \${if match{\$h_X-Test-Later:}{yes}}
  accept
begin routers
$(exim_sends; exim_aliases)
userforward:
  driver = redirect
  check_local_user
  local_part_suffix = +*
  local_part_suffix_optional
  file = \$home/.forward
  no_verify
  no_expn
  check_ancestor
  file_transport = address_file
  pipe_transport = address_pipe
  reply_transport = address_reply
localuser:
  driver = accept
  check_local_user
  local_part_suffix = +*
  local_part_suffix_optional
  transport = local_delivery
  cannot_route_message = Unknown user
begin transports
remote_smtp:
  driver = smtp
  interface = $address
  hosts_try_fastopen =
local_delivery:
  driver = appendfile
  file = /var/mail/\$local_part_data
  delivery_date_add
  envelope_to_add
  return_path_add
  quota = \${if eq{\$local_part}{intern}{60K}{0}}
  mode = 0660
  group = mail
address_pipe:
  driver = pipe
  return_output
address_file:
  driver = appendfile
  delivery_date_add
  envelope_to_add
  return_path_add
address_reply:
  driver = autoreply
begin retry
* * F,2h,1m; G,16h,1h,1.5; F,4d,6h
begin authenticators
plain_server:
  driver = plaintext
  public_name = PLAIN
  server_condition = \${if and {{eq{\$auth2}{dev}}{eq{\$auth3}{lab-only}}}}
  server_set_id = \$auth2
  server_prompts = :
  server_advertise_condition = yes
CF
}
start() { exim4 -bd -q30m; }
flush='exim4 -qff'
