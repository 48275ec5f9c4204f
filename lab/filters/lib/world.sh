#!/bin/bash
# Runs inside fresh namespaces: becomes mx1.example.org with a network of loopback addresses, acts one script out, collects.
#
#   world.sh BASE NAME
set -u
base=$1 name=$2
lib=$base/lab/lib
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 TZ=UTC
die() { echo "filters: $*" >&2; exit 1; }
note() { echo "filters: $*" >&2; }
wait_for() { local left=$(( $1 * 20 )); shift; until "$@" >/dev/null 2>&1; do left=$((left - 1)); [ $left -gt 0 ] || return 1; sleep 0.05; done; }
logged() { grep -qE -- "$1" /var/log/mail.log; }
wait_log() { wait_for "${2:-20}" logged "$1" || note "never logged: $1"; }
listens() { ss -Hltn "sport = :$1" | grep -q .; }
version_of() { dpkg-query -W -f '${Version}' "$1" 2>/dev/null; }

# A script sets these and defines the functions; `packages` are named with their versions in truth.json.
title="" packages="" host=mx1.example.org root=/ into="" postfix_extra="" master_extra=""
prepare() { :; }
start() { :; }
act() { :; }
collect() { :; }
finish() { :; }
. "$lib/dovecot.sh"
. "$lib/filters.sh"
. "$base/lab/$name.sh"

mount --make-rprivate / 2>/dev/null
mount -t proc proc /proc
for each in /etc /home /root /tmp /run /var/mail /var/spool /var/log /var/tmp /var/lib/amavis /var/lib/clamav /var/lib/rspamd \
  /var/lib/dovecot /var/lib/postfix /var/lib/spamassassin; do
  [ -d "$each" ] || continue
  mkdir -p "$base/private$each"
  case $each in /etc | /var/lib/* | /var/spool) cp -a "$each/." "$base/private$each/" 2>/dev/null ;; esac
  chmod --reference="$each" "$base/private$each"; chown --reference="$each" "$base/private$each"
  mount --bind "$base/private$each" "$each" || die "bind $each"
done
chgrp mail /var/mail; chmod 2775 /var/mail
mkdir -p "$base/dev"
mount -t tmpfs -o mode=755,size=4m filters-dev "$base/dev"
for node in null zero full random urandom tty; do mknod -m 666 "$base/dev/$node" c $(case $node in null) echo 1 3 ;; zero) echo 1 5 ;; full) echo 1 7 ;; random) echo 1 8 ;; urandom) echo 1 9 ;; tty) echo 5 0 ;; esac); done
mkdir "$base"/dev/{pts,shm}; ln -s /proc/self/fd "$base/dev/fd"; ln -s /proc/self/fd/0 "$base/dev/stdin"; ln -s /proc/self/fd/1 "$base/dev/stdout"; ln -s /proc/self/fd/2 "$base/dev/stderr"
chmod 1777 "$base/dev/shm"
mount --bind "$base/dev" /dev
hostname "$host"
ip link set lo up
# Who is who: 198.51.100.10 is this host, 203.0.113.0/24 and 192.0.2.0/24 are the world. All of it is loopback.
for each in 198.51.100.10 203.0.113.10 203.0.113.20 203.0.113.25 203.0.113.66 192.0.2.20 192.0.2.77; do ip addr add "$each/32" dev lo; done
printf '127.0.0.1\tlocalhost\n198.51.100.10\tmx1.example.org mx1\n' > /etc/hosts
echo mx1 > /etc/hostname; echo example.org > /etc/mailname
echo 'nameserver 127.0.0.1' > /etc/resolv.conf
ln -sf /usr/share/zoneinfo/UTC /etc/localtime
sed -i 's/^hosts:.*/hosts: files dns/' /etc/nsswitch.conf
uid=2001
for each in clerk buyer dev ops intern; do
  echo "$each:x:$uid:$uid:$each:/home/$each:/bin/bash" >> /etc/passwd; echo "$each:x:$uid:" >> /etc/group
  mkdir -p "/home/$each"; chown $uid:$uid "/home/$each"; uid=$((uid + 1))
done
echo 'vmail:x:2999:2999::/var/mail/vmail:/usr/sbin/nologin' >> /etc/passwd; echo 'vmail:x:2999:' >> /etc/group
printf 'postmaster: ops\nroot: ops\nabuse: ops\n' > /etc/aliases

cat > /etc/rsyslog.conf <<CF
module(load="imuxsock" SysSock.RateLimit.Interval="0")
\$PreserveFQDN off
\$ActionFileDefaultTemplate ${syslog_template:-RSYSLOG_TraditionalFileFormat}
\$WorkDirectory /var/spool/rsyslog
mail.*  -/var/log/mail.log
*.*;mail.none;syslog.none  -/var/log/syslog
CF
mkdir -p /var/spool/rsyslog

cat > /etc/postfix/main.cf <<CF
compatibility_level = 3.6
myhostname = $host
myorigin = example.org
mydestination = \$myhostname, localhost
mynetworks = 127.0.0.0/8 198.51.100.0/24
inet_interfaces = 198.51.100.10, 127.0.0.1
inet_protocols = ipv4
recipient_delimiter = +
alias_maps = hash:/etc/aliases
alias_database = hash:/etc/aliases
mailbox_size_limit = 0
biff = no
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_tls_security_level = none
smtpd_peername_lookup = yes
maillog_file =
CF
for each in /usr/share/postfix/master.cf.dist /etc/postfix/master.cf.proto; do [ -f "$each" ] && { cp "$each" /etc/postfix/master.cf; break; }; done
rm -rf /var/spool/postfix/{maildrop,incoming,active,deferred,pid,private,public}/* /var/lib/postfix/*
printf '%s\n' "$master_extra" >> /etc/postfix/master.cf
postconf -F '*/*/chroot = n'
while IFS= read -r each; do [ -z "$each" ] || postconf -e "$each"; done <<< "$postfix_extra"
newaliases
mkdir -p /var/spool/postfix/private; chown postfix: /var/spool/postfix/private

prepare || die "$name: prepare"
rsyslogd -n -f /etc/rsyslog.conf -i /run/rsyslogd.pid &
wait_for 5 test -S /dev/log || die "rsyslog did not start"
python3 "$lib/names.py" & wait_for 5 sh -c "ss -Hlun 'sport = :53' | grep -q ." || die "no name server"
python3 "$lib/sink.py" 203.0.113.66 &
start || die "$name: start"
postfix start >/dev/null 2>&1 || die "postfix did not start"
wait_for 10 listens 25 || die "postfix does not listen"
act || die "$name: act"
sleep 1
postfix stop >/dev/null 2>&1
sleep 0.5
collect || die "$name: collect"
python3 "$lib/truth.py" "$base/out/truth.json" "$title" "$host" "$base/sent.jsonl" "$base/acted.jsonl" \
  $(for each in postfix rsyslog $packages; do echo "$each=$(version_of "$each")"; done)
finish
