#!/bin/bash
# Runs inside the inner network namespace and a private mount and host-name namespace: becomes the recorded host,
# starts its daemons, acts one scenario out and stops everything again.
#
#   host.sh SCENARIO BASE OUTSIDE_PID
#
# BASE holds the host's own /etc, /home, /tmp, /var/... ; the machine below is not touched, but for the files that
# `install_file` places (stand-ins), which are removed at the end.
set -u
scenario=$1 base=$2 outside_pid=$3
lab=$(cd "$(dirname "$0")/.." && pwd)

# Defaults a scenario may override.
host=mx1.example.org
user=clerk
store=maildir          # maildir | mbox | procmail
audit_format=ENRICHED  # or RAW
audit_rules=audit.rules   # or audit-wide.rules
syslog_format=traditional # or iso, or rfc5424 (not together with shift_plan)
rotated=""            # anything: the mail log was rotated at the midnight in its middle, mail.log.1 and mail.log
daemons="cron"         # of: cron atd sshd dovecot
expect=medium
stand_ins=()
postfix_extra=""
shift_plan=""         # see shift_time.py
extra_syslog=""
audit_extra=""        # further audit rules
people="ops dev clerk buyer intern" # who has an account, a home and a box; the first is 1001
aliases='postmaster: root\nroot: ops\nsales: buyer\ninfo: clerk, buyer\nabuse: root\n'
title="" what=""
setup() { :; }
act() { :; }
truth() { :; }
# shellcheck disable=SC1090
. "$lab/lib/actions.sh"
. "$scenario"

die() { echo "lab: $*" >&2; exit 1; }
note() { echo "lab: $*" >&2; }

# ---- the host's own directories ---------------------------------------------------------------------------------
mkdir -p "$base"/{etc,home,tmp,var-tmp,var-mail,var-spool,var-log,run,root,opt,out,shm,var-backups}
chmod 1777 "$base/tmp" "$base/var-tmp" "$base/shm"
chmod 2775 "$base/var-mail"; chgrp mail "$base/var-mail"
cp -a /etc/. "$base/etc/"
cp -a /var/spool/. "$base/var-spool/" 2>/dev/null
rm -rf "$base"/var-spool/postfix/{maildrop,incoming,active,deferred,pid,private,public}/*
mount --make-rprivate /
if [ -n "${LAB_LOGS:-}" ]; then # a caller follows the logs while they grow
  mkdir -p "$base/var-log/audit"
  touch "$base/var-log/audit/audit.log" "$base/var-log/mail.log"
  mount --bind "$LAB_LOGS/audit.log" "$base/var-log/audit/audit.log" || die "cannot reach $LAB_LOGS"
  mount --bind "$LAB_LOGS/mail.log" "$base/var-log/mail.log" || die "cannot reach $LAB_LOGS"
fi
bind() { mount --rbind "$base/$1" "$2" || die "bind $2"; }
bind etc /etc; bind home /home; bind tmp /tmp; bind var-tmp /var/tmp; bind var-mail /var/mail
bind var-spool /var/spool; bind var-log /var/log; bind run /run; bind root /root; bind opt /opt
bind var-backups /var/backups
mkdir -p "$base/dev"
mount -t tmpfs -o mode=755,size=4m lab-dev "$base/dev"
for node in null zero full random urandom tty; do touch "$base/dev/$node"; mount --bind "/dev/$node" "$base/dev/$node"; done
mkdir "$base"/dev/{pts,shm}; mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 lab-pts "$base/dev/pts"; ln -s pts/ptmx "$base/dev/ptmx"; mount --bind "$base/shm" "$base/dev/shm"
ln -s /proc/self/fd "$base/dev/fd"; ln -s /proc/self/fd/0 "$base/dev/stdin"
ln -s /proc/self/fd/1 "$base/dev/stdout"; ln -s /proc/self/fd/2 "$base/dev/stderr"
mount --rbind "$base/dev" /dev
mkdir -p /run/lock /run/user /run/sshd /var/log/audit
# The jobs that the machine's packages brought are not this host's: packaged_job takes those that a scenario wants.
mkdir -p /etc/cron.packaged; mv /etc/cron.d/* /etc/cron.packaged/ 2>/dev/null
hostname "$host"
rm -f /etc/security/limits.d/*; : > /etc/security/limits.conf
sed -i '/pam_limits/d' /etc/pam.d/*
install -m 664 -g utmp /dev/null /run/utmp; touch /var/log/lastlog /var/log/wtmp /var/log/btmp

# ---- accounts and names -----------------------------------------------------------------------------------------
cd /
short=${host%%.*}
printf '127.0.0.1\tlocalhost\n%s\t%s %s\n::1\tlocalhost ip6-localhost\n' "$host_ip" "$host" "$short" > /etc/hosts
echo "$short" > /etc/hostname
echo example.org > /etc/mailname
echo 'nameserver 203.0.113.53' > /etc/resolv.conf
sed -i '/^cloudsdk:\|^postgres:/d' /etc/passwd /etc/shadow /etc/group
uid=1001
for name in $people; do
  echo "$name:x:$uid:$uid:$name:/home/$name:/bin/bash" >> /etc/passwd
  echo "$name:*:20000:0:99999:7:::" >> /etc/shadow
  echo "$name:x:$uid:" >> /etc/group
  cp -r /etc/skel "/home/$name"
  chmod 750 "/home/$name"
  [ "$store" = maildir ] && mkdir -p "/home/$name"/Maildir/{cur,new,tmp}
  [ "$store" = mbox ] && install -m 660 -o "$uid" -g mail /dev/null "/var/mail/$name"
  chown -R "$uid:$uid" "/home/$name"
  install -d -m 700 -o "$uid" -g "$uid" "/run/user/$uid"
  uid=$((uid + 1))
done
printf "$aliases" > /etc/aliases
ln -sf /etc/hosts /var/spool/postfix/etc/hosts 2>/dev/null

# ---- configuration of the daemons ------------------------------------------------------------------------------
postfix_config() {
  local v6=""; ip -6 addr show dev eth0 2>/dev/null | grep -q 2001:db8:1::10 && v6=", 2001:db8:1::10"
  cat > /etc/postfix/main.cf <<CF
compatibility_level = 3.6
myhostname = $host
mydomain = example.org
myorigin = \$mydomain
mydestination = \$myhostname, example.org, localhost
mynetworks = 127.0.0.0/8 [::1]/128 198.51.100.0/24
inet_interfaces = $host_ip, 127.0.0.1$v6
inet_protocols = all
recipient_delimiter = +
alias_maps = hash:/etc/aliases
alias_database = hash:/etc/aliases
mailbox_size_limit = 0
smtpd_banner = \$myhostname ESMTP
biff = no
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_client_connection_rate_limit = 0
smtpd_tls_security_level = none
CF
  case $store in
    maildir) echo 'home_mailbox = Maildir/' ;;
    procmail) echo 'mailbox_command = /usr/bin/procmail -a "$EXTENSION"' ;;
  esac >> /etc/postfix/main.cf
  case $postfix_extra in *mailbox_size_limit*) sed -i /^mailbox_size_limit/d /etc/postfix/main.cf ;; esac
  [ -z "$postfix_extra" ] || printf '%s\n' "$postfix_extra" >> /etc/postfix/main.cf
  cp /usr/share/postfix/master.cf.dist /etc/postfix/master.cf
  mkdir -p /var/spool/postfix/{etc,dev,lib}
  cp -L /etc/{services,resolv.conf,nsswitch.conf,host.conf,localtime} /var/spool/postfix/etc/ 2>/dev/null
  rm -f /var/spool/postfix/etc/hosts; cp /etc/hosts /var/spool/postfix/etc/hosts
  newaliases
}

syslog_config() {
  local template=RSYSLOG_TraditionalFileFormat
  [ -n "$shift_plan" ] && template=RSYSLOG_FileFormat # shifted later, in the format asked for
  [ "$syslog_format" = iso ] && template=RSYSLOG_FileFormat
  [ "$syslog_format" = rfc5424 ] && template=RSYSLOG_SyslogProtocol23Format
  cat > /etc/rsyslog.conf <<CF
module(load="imuxsock" SysSock.RateLimit.Interval="0")
input(type="imuxsock" Socket="/var/spool/postfix/dev/log" RateLimit.Interval="0")
$extra_syslog
\$PreserveFQDN off
\$ActionFileDefaultTemplate $template
\$FileOwner root
\$FileGroup adm
\$FileCreateMode 0640
\$WorkDirectory /var/spool/rsyslog
auth,authpriv.*         /var/log/auth.log
*.*;auth,authpriv.none;mail.none  -/var/log/syslog
mail.*                  -/var/log/mail.log
# What the recording keeps beside the mail log, in one file.
*.*;mail.none;syslog.none           /var/log/recorded
CF
  mkdir -p /var/spool/rsyslog
}

audit_config() {
  mkdir -p /etc/audit/plugins.d
  rm -f /etc/audit/plugins.d/*
  cat > /etc/audit/auditd.conf <<CF
local_events = yes
write_logs = yes
log_file = /var/log/audit/audit.log
log_group = root
log_format = $audit_format
flush = INCREMENTAL_ASYNC
freq = 50
max_log_file = 200
num_logs = 2
name_format = NONE
max_log_file_action = IGNORE
space_left = 75
space_left_action = IGNORE
admin_space_left = 50
admin_space_left_action = IGNORE
disk_full_action = IGNORE
disk_error_action = IGNORE
q_depth = 20000
CF
  cp "$lab/$audit_rules" /etc/audit/audit.rules
  [ -z "$audit_extra" ] || printf "%s\n" "$audit_extra" >> /etc/audit/audit.rules
}

wait_for() { # seconds, command...
  local left=$(( $1 * 20 )); shift
  until "$@" >/dev/null 2>&1; do left=$((left - 1)); [ $left -gt 0 ] || return 1; sleep 0.05; done
}
daemon_is() { echo "$1" >> "$base/daemons"; }

own_pids=()
stop_pid() { # pid seconds
  kill "$1" 2>/dev/null || return 0
  wait_for "${2:-5}" sh -c "! kill -0 $1" || kill -9 "$1" 2>/dev/null
}

start_daemons() {
  rsyslogd -n -f /etc/rsyslog.conf -i /run/rsyslogd.pid & own_pids+=($!); daemon_is $!
  wait_for 5 test -S /dev/log || die "rsyslog did not start"
  auditd -n -c /etc/audit & auditd_pid=$!
  wait_for 5 sh -c "auditctl -s | grep -q 'pid $auditd_pid'" || die "auditd did not take over the kernel's audit"
  auditctl -e 1 >/dev/null
  auditctl -R /etc/audit/audit.rules >/dev/null 2>"$base/rules.err" || { cat "$base/rules.err" >&2; die "audit rules were refused"; }
  postfix start >/dev/null 2>&1 || die "postfix did not start"
  wait_for 10 test -s /var/spool/postfix/pid/master.pid || die "postfix has no master"
  wait_for 10 sh -c "ss -Hltn 'sport = :25' | grep -q ." || die "postfix does not listen"
  daemon_is "$(tr -d ' ' < /var/spool/postfix/pid/master.pid)"
  local each
  for each in $daemons; do
    case $each in
      cron) cron; wait_for 5 test -s /run/crond.pid; daemon_is "$(cat /run/crond.pid)" ;;
      atd) atd; wait_for 5 test -s /run/atd.pid; daemon_is "$(cat /run/atd.pid)" ;;
      sshd) start_sshd ;;
      dovecot) dovecot -c /etc/dovecot/dovecot.conf; wait_for 5 test -s /run/dovecot/master.pid; daemon_is "$(cat /run/dovecot/master.pid)" ;;
      *) die "unknown daemon $each" ;;
    esac
  done
}

start_sshd() {
  ssh-keygen -q -t ed25519 -N '' -f /root/key
  local name
  for name in $people; do
    install -d -m 700 -o "$name" -g "$name" "/home/$name/.ssh"
    install -m 600 -o "$name" -g "$name" /root/key.pub "/home/$name/.ssh/authorized_keys"
  done
  install -d -m 700 /root/.ssh; cp /root/key.pub /root/.ssh/authorized_keys
  cat > /etc/ssh/sshd_config <<CF
UsePAM yes
PermitRootLogin prohibit-password
UseDNS no
PrintMotd no
Subsystem sftp /usr/lib/openssh/sftp-server
CF
  ls /etc/ssh/ssh_host_ed25519_key >/dev/null 2>&1 || ssh-keygen -A >/dev/null
  /usr/sbin/sshd
  wait_for 5 test -s /run/sshd.pid || die "sshd did not start"
  daemon_is "$(cat /run/sshd.pid)"
}

stop_all() {
  trap - EXIT INT TERM
  local pid each
  # Whatever a scenario left behind as one of our users, by pid, and only below this mount namespace.
  local here; here=$(readlink /proc/self/ns/mnt)
  for each in cron atd sshd dovecot; do
    case $each in
      cron) pid=/run/crond.pid ;; atd) pid=/run/atd.pid ;; sshd) pid=/run/sshd.pid ;; dovecot) pid=/run/dovecot/master.pid ;;
    esac
    [ -s "$pid" ] && stop_pid "$(cat "$pid")"
  done
  [ -s /var/spool/postfix/pid/master.pid ] && postfix stop >/dev/null 2>&1
  for pid in $(cd /proc && ls -d [0-9]*); do
    [ "$(readlink "/proc/$pid/ns/mnt" 2>/dev/null)" = "$here" ] || continue
    [ "$(stat -c %u "/proc/$pid" 2>/dev/null || echo 0)" -ge 1001 ] && kill "$pid" 2>/dev/null
  done
  sleep 0.7
  if [ -n "${auditd_pid:-}" ]; then
    auditctl -D >/dev/null 2>&1
    sleep 0.4
    stop_pid "$auditd_pid"
  fi
  for pid in "${own_pids[@]}"; do stop_pid "$pid"; done
  remove_installed
  # What is left of this mount namespace (helpers of the scenario run as root).
  for pid in $(cd /proc && ls -d [0-9]*); do
    [ "$pid" != $$ ] && [ "$(readlink "/proc/$pid/ns/mnt" 2>/dev/null)" = "$here" ] && ! is_above "$pid" && kill "$pid" 2>/dev/null
  done
  return 0
}
is_above() { # is $1 this shell or one of its own children in use?
  [ "$1" = $$ ] || [ "$(ps -o ppid= -p "$1" 2>/dev/null | tr -d ' ')" = $$ ] && return 0
  return 1
}

trap 'stop_all' EXIT
trap 'exit 130' INT TERM
postfix_config
syslog_config
audit_config
setup || die "setup failed"
start_daemons
date +%s > "$base/began"
act || { note "the scenario failed"; touch "$base/failed"; }
sleep 1
stop_all
printf %s "$shift_plan" > "$base/shift-plan"
printf %s "$rotated" > "$base/rotated"
declare -p title what host user expect audit_format syslog_format stand_ins > "$base/meta"
{ truth; } > "$base/truth.spec"
{ for each in "${stand_ins[@]}"; do echo "$each"; done; } > "$base/stand-ins"
printf '%s\0' "$title" "$what" "$host" "$user" "$expect" "$audit_format" "$syslog_format" > "$base/fields"
