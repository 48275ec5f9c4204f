# Exim instead of Postfix, from Debian's package laid over /usr. Sourced by scenarios that have it.
. "$lab/lib/exim-parts.sh"
# exim_host LOG_FILE_PATH : in setup; `postfix start` and `postfix stop` of host.sh are Exim's from then on.
exim_host() {
  laid_over exim4-daemon-light || return 1
  printf 'Debian-exim:x:141:141::/var/spool/exim4:/usr/sbin/nologin\nvmail:x:141:141::/var/spool/exim4:/usr/sbin/nologin\n' >> /etc/passwd; echo 'Debian-exim:x:141:' >> /etc/group
  chown root:root /usr/sbin/exim4; chmod 4755 /usr/sbin/exim4
  mkdir -p /etc/exim4 /run/exim4; install -d -m 2750 -o 141 -g adm /var/log/exim4; install -d -m 750 -o 141 -g 141 /var/spool/exim4; chown 141:141 /run/exim4
  cat > /etc/exim4/exim4.conf <<CF
primary_hostname = $host
qualify_domain = example.org
domainlist local_domains = example.org : $host : localhost
hostlist relay_from_hosts = 127.0.0.1 : 198.51.100.0/24
local_interfaces = 127.0.0.1 : $host_ip
exim_user = Debian-exim
exim_group = Debian-exim
trusted_users = www-data
spool_directory = /var/spool/exim4
pid_file_path = /run/exim4/exim.pid
log_file_path = $1
log_selector = +smtp_protocol_error +smtp_syntax_error +tls_certificate_verified +tls_peerdn
never_users = root
host_lookup = *
rfc1413_query_timeout = 0s
disable_ipv6 = true
tls_advertise_hosts =
keep_environment =
acl_smtp_rcpt = check_rcpt
acl_smtp_data = accept
begin acl
check_rcpt:
  accept hosts = :
  accept domains = +local_domains
  accept hosts = +relay_from_hosts
  deny message = relay not permitted
begin routers
$(exim_sends; exim_aliases 'user = mail' 'group = mail')
localuser:
  driver = accept
  check_local_user
  local_part_suffix = +*
  local_part_suffix_optional
  transport = maildir_home
begin transports
remote_smtp:
  driver = smtp
  hosts_try_fastopen =
maildir_home:
  driver = appendfile
  directory = \$home/Maildir
  maildir_format
  create_directory
  delivery_date_add
  envelope_to_add
  return_path_add
address_pipe:
  driver = pipe
  return_output
address_file:
  driver = appendfile
begin retry
* * F,2h,15m; G,16h,1h,1.5; F,4d,6h
begin authenticators
CF
  postfix() {
    case $1 in
      start) /usr/sbin/exim4 -bd -q30m && wait_for 5 test -s /run/exim4/exim.pid && mkdir -p /var/spool/postfix/pid && cp /run/exim4/exim.pid /var/spool/postfix/pid/master.pid ;;
      stop) kill "$(cat /run/exim4/exim.pid)"; sleep 0.5 ;;
    esac
  }
}
