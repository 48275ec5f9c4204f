#!/bin/bash
# Makes one host: a copy-on-write root with the unpacked packages over this machine's, accounts, syslog, the MTA.
#
#   host.sh HERE STATE DIR NAME ADDRESS PROGRAM
#
# DIR/pid is the process whose namespaces the host lives in (see `on` in act.py).
set -u
here=$1 state=$2 dir=$3 name=$4 address=$5 program=$6
root="$dir/root"
fqdn="$name.example.test"
domain=example.test
[ "$name" = mx2 ] && domain=branch.example.test
. "$here/programs/$program.sh"
lower=/
mkdir -p "$dir"/{root,upper,work}
# No layer may lie in another: the packages are copied out of this machine's root.
for package in $packages; do cp -a "$state/packages/$package/root" "$dir/$package"; lower="$dir/$package:$lower"; done
mount -t overlay lab -o "lowerdir=$lower,upperdir=$dir/upper,workdir=$dir/work" "$root" || exit 1

for each in root work home mnt media srv opt; do rm -rf "${root:?}/$each" 2>/dev/null; mkdir -p "$root/$each"; done
mount -t tmpfs -o mode=755 lab "$root/dev"
mknod -m 666 "$root/dev/null" c 1 3; mknod -m 666 "$root/dev/zero" c 1 5; mknod -m 666 "$root/dev/urandom" c 1 9
mknod -m 666 "$root/dev/random" c 1 8; ln -s /proc/self/fd "$root/dev/fd"
mount -t proc lab "$root/proc"
mount -t tmpfs -o mode=755 lab "$root/run"; mkdir -p "$root/run/lock"; chmod 1777 "$root/run/lock"
mount -t tmpfs -o mode=1777 lab "$root/tmp"
rm -rf "$root"/var/log/* "$root"/var/mail/* "$root"/var/spool/{postfix,cron,mail,mqueue} "$root"/var/tmp/*
ln -sfn ../mail "$root/var/spool/mail"
chmod 2775 "$root/var/mail"; chown root:mail "$root/var/mail"

cat > "$root/etc/passwd" <<CF
root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
syslog:x:100:100::/nonexistent:/usr/sbin/nologin
Debian-exim:x:101:101::/var/spool/exim4:/usr/sbin/nologin
smmsp:x:102:102:Mail Submission Program:/var/lib/sendmail:/usr/sbin/nologin
opensmtpq:x:103:103:OpenSMTPD queue:/nonexistent:/usr/sbin/nologin
opensmtpd:x:104:104:OpenSMTPD:/nonexistent:/usr/sbin/nologin
smmta:x:105:105:Mail Transfer Agent:/var/lib/sendmail:/usr/sbin/nologin
CF
printf 'root:x:0:\ndaemon:x:1:\nadm:x:4:\nmail:x:8:\nnogroup:x:65534:\nsyslog:x:100:\nDebian-exim:x:101:\nsmmsp:x:102:\nopensmtpq:x:103:\nopensmtpd:x:104:\nsmmta:x:105:\n' > "$root/etc/group"
printf 'root:*:20000:0:99999:7:::\n' > "$root/etc/shadow"
number=1001
for user in ops dev clerk buyer intern; do
  echo "$user:x:$number:$number:$user:/home/$user:/bin/sh" >> "$root/etc/passwd"
  echo "$user:x:$number:" >> "$root/etc/group"
  echo "$user:*:20000:0:99999:7:::" >> "$root/etc/shadow"
  install -d -m 750 -o "$number" -g "$number" "$root/home/$user"
  install -m 660 -o "$number" -g 8 /dev/null "$root/var/mail/$user"
  number=$((number + 1))
done
printf 'postmaster: root\nroot: ops\noffice: clerk\ninfo: clerk, buyer\nabuse: root\n' > "$root/etc/aliases"
printf '127.0.0.1 localhost\n198.51.100.10 mx1.example.test mx1\n198.51.100.11 mx2.example.test mx2\n' > "$root/etc/hosts"
echo 'nameserver 127.0.0.1' > "$root/etc/resolv.conf"
printf 'passwd: files\ngroup: files\nshadow: files\nhosts: files dns\nservices: files\nprotocols: files\n' > "$root/etc/nsswitch.conf"
echo "$name" > "$root/etc/hostname"; echo "$domain" > "$root/etc/mailname"
ln -sf /usr/share/zoneinfo/Etc/UTC "$root/etc/localtime"
cat > "$root/etc/rsyslog.conf" <<'CF'
module(load="imuxsock" SysSock.RateLimit.Interval="0")
$PreserveFQDN off
$ActionFileDefaultTemplate RSYSLOG_TraditionalFileFormat
$EscapeControlCharactersOnReceive on
$WorkDirectory /var/spool/rsyslog
mail.* /var/log/mail.log
CF
mkdir -p "$root/var/spool/rsyslog" "$root/var/log"
configure

export -f start 2>/dev/null
cat > "$root/run/boot" <<CF
hostname $fqdn
fqdn=$fqdn address=$address domain=$domain
rsyslogd -n -i /run/rsyslogd.pid &
for _ in \$(seq 1 50); do [ -S /dev/log ] && break; sleep 0.1; done
$(declare -f start start_exim start_sendmail 2>/dev/null)
start
touch /run/ready
exec sleep 3600
CF
mkdir "$root/run/old"
# Everybody's addresses lie on one loopback device; a host is told apart by its mounts, its name and its address.
unshare --mount --uts -- chroot "$root" /bin/bash /run/boot > "$dir/output" 2>&1 &
echo $! > "$dir/pid"
for _ in $(seq 1 200); do
  [ -e "$root/run/ready" ] && ss -Hltn 'sport = :25' | grep -q "$address" && exit 0
  sleep 0.1
done
cat "$dir/output" >&2
exit 1
