#!/bin/bash
# Records what the real systemd-journald keeps: Postfix that delivers, cron, sudo, and lines that others write in their names.
#
#   sudo journald-record.sh TARGET      writes TARGET.json.gz and TARGET.export.gz
#
# Runs in namespaces of its own (what it starts ends with it), on loopback, with its own /etc, /run, /dev, /home and spools.
# Needs systemd (journald, journalctl), postfix, cron, sudo, python3 and util-linux. The host's ids are replaced.
set -eu -o pipefail
[ -n "${WP_INSIDE:-}" ] || { WP_INSIDE=1 exec unshare --mount --net --uts --ipc --pid --fork --kill-child --mount-proc -- bash "$0" "$(realpath -m "$1")"; }
target=$1
mount --make-rprivate /
ip link set lo up
scratch=$(mktemp -d)
mount -t tmpfs wp "$scratch"
mkdir "$scratch"/{etc,home,run,var-spool,var-mail,var-log,dev,out}
cp -a /etc/. "$scratch/etc/"; cp -a /var/spool/. "$scratch/var-spool/"
for node in null zero full random urandom tty; do touch "$scratch/dev/$node"; mount --bind "/dev/$node" "$scratch/dev/$node"; done
ln -s /run/systemd/journal/dev-log "$scratch/dev/log"; ln -s /proc/self/fd "$scratch/dev/fd"; mkdir "$scratch/dev/shm"
out=$scratch/out
for each in etc home run; do mount --rbind "$scratch/$each" "/$each"; done
for each in spool mail log; do mount --rbind "$scratch/var-$each" "/var/$each"; done
mount --rbind "$scratch/dev" /dev
boot=$(tr -d - </proc/sys/kernel/random/boot_id)
cd /; hostname mx1; echo mx1 >/etc/hostname; echo c3d2e1f00f1e2d3c4b5a69788796a5b4 >/etc/machine-id
printf '127.0.0.1 localhost mx1 mx1.example.org\n' >/etc/hosts
printf 'dev:x:1002:1002::/home/dev:/bin/bash\nclerk:x:1003:1003::/home/clerk:/bin/bash\n' >>/etc/passwd
printf 'dev:*:20000:0:99999:7:::\nclerk:*:20000:0:99999:7:::\n' >>/etc/shadow
printf 'dev:x:1002:\nclerk:x:1003:\n' >>/etc/group
for each in dev:1002 clerk:1003; do install -d -o "${each#*:}" -g "${each#*:}" "/home/${each%:*}"; done
echo 'dev ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/dev; chmod 440 /etc/sudoers.d/dev
sed -i '/pam_limits/d' /etc/pam.d/*

mkdir -p /run/systemd/journald.conf.d /run/log/journal /run/lock
printf '[Journal]\nStorage=volatile\nAudit=\nReadKMsg=no\nForwardToSyslog=no\nRateLimitIntervalSec=0\n' >/run/systemd/journald.conf.d/lab.conf
/lib/systemd/systemd-journald >/dev/null 2>&1 & journald=$!
for _ in $(seq 50); do [ -S /run/systemd/journal/dev-log ] && break; sleep 0.1; done

rm -rf /var/spool/postfix/{maildrop,incoming,active,deferred,pid,private,public}/*
cat >/etc/postfix/main.cf <<'CF'
compatibility_level = 3.6
myhostname = mx1.example.org
mydomain = example.org
myorigin = $mydomain
mydestination = $myhostname, example.org, localhost
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
home_mailbox = Maildir/
CF
cp /usr/share/postfix/master.cf.dist /etc/postfix/master.cf
# Without chroots, so that the daemons find the journal's socket.
sed -i -E 's/^(\S+\s+\S+\s+\S+\s+\S+\s+)y(\s)/\1n\2/' /etc/postfix/master.cf
postfix start >/dev/null 2>&1
cron -f >/dev/null 2>&1 & cron=$!
sleep 2
/usr/bin/python3 - <<'P'
import smtplib
for number in (1, 2):
    with smtplib.SMTP('127.0.0.1') as client:
        client.sendmail('office@example.net', ['clerk@example.org'], f'Message-ID: <{number}@example.net>\nSubject: Minutes\n\nHello\n')
P
setpriv --reuid 1002 --regid 1002 --clear-groups sudo -n /usr/bin/true || true
setpriv --reuid 1002 --regid 1002 --clear-groups /usr/sbin/sendmail clerk@example.org <<<'Subject: note'
sleep 2
# In others' names: a person and a service through logger(1), which is gone before journald looks, and through a program that stays.
setpriv --reuid 1003 --regid 1003 --clear-groups logger -t postfix/local 'AAAAAAAAAA: to=<clerk@example.org>, relay=local, delay=0, delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to maildir)'
setpriv --reuid 33 --regid 33 --clear-groups logger -t postfix/smtpd 'connect from mail.example.net[203.0.113.6]'
setpriv --reuid 1003 --regid 1003 --clear-groups /usr/bin/python3 - <<'P'
import socket, struct, syslog, time
syslog.openlog('sudo')
syslog.syslog(syslog.LOG_AUTH, '     dev : TTY=pts/0 ; PWD=/home/dev ; USER=root ; COMMAND=/usr/bin/true')
# journald's native protocol: a text of two lines, and bytes that are no text.
def field(name, value):
    return name + b'\n' + struct.pack('<Q', len(value)) + value + b'\n'
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as journal:
    journal.sendto(b'SYSLOG_IDENTIFIER=postfix/smtpd\n' + field(b'MESSAGE', b'connect from unknown[203.0.113.7]\nsecond line'), '/run/systemd/journal/socket')
    journal.sendto(b'SYSLOG_IDENTIFIER=tool\n' + field(b'MESSAGE', b'\xff\r\n\x00 bytes\r\n') + field(b'TEN', b'0123456789') + b'PRIORITY=5\n', '/run/systemd/journal/socket')
    time.sleep(0.5)
P
postfix stop >/dev/null 2>&1
kill "$cron"; wait "$cron" 2>/dev/null || true
sleep 1
journalctl -D /run/log/journal --sync 2>/dev/null || true
for form in json export; do
  journalctl -D /run/log/journal --all --output=$form | sed "s/$boot/5f0c0b7e6a1d4c2f9a3e8d7c6b5a4930/g" | gzip -9n >"$out/$form"
done
kill "$journald"; wait "$journald" 2>/dev/null || true
umount -l /dev
for form in json export; do cp "$out/$form" "$target.$form.gz"; done
