#!/bin/bash
# Makes src/engine/identity/recordings: what a real Postfix does with virtual aliases, canonical addresses, a catch-all, a second
# domain, plus-addresses, included lists, pipes and virtual mailboxes, beside the files that tell it so. Loopback only.
#
#   sudo lab/identity/record.sh OUTDIR
#
# Needs postfix, python3, util-linux.
set -eu
out=$(realpath -m "$1")
here=$(realpath "$0")
if [ -z "${INSIDE:-}" ]; then
  exec env INSIDE=1 unshare --net --mount --uts --pid --fork --kill-child --mount-proc bash "$here" "$out"
fi
hostname mx1
ip link set lo up
mount --make-rprivate /
work=$(mktemp -d)
mkdir -p "$work"/{etc,spool/vmail,mail,home,lib}
cp -a /etc/postfix/. "$work/etc/"
cat >"$work/passwd" <<'P'
root:x:0:0:root:/root:/bin/bash
P
grep -E '^(postfix|nobody|daemon):' /etc/passwd >>"$work/passwd"
cat >>"$work/passwd" <<'P'
ops:x:1001:1001::/home/ops:/bin/bash
clerk:x:1003:1003::/home/clerk:/bin/bash
buyer:x:1004:1004::/home/buyer:/bin/bash
vmail:x:5000:5000::/var/spool/postfix/vmail:/usr/sbin/nologin
P
grep -E '^(postfix|postdrop|nogroup|daemon|root|mail):' /etc/group >"$work/group"
printf 'ops:x:1001:\nclerk:x:1003:\nbuyer:x:1004:\nvmail:x:5000:\nsales:x:1100:clerk,buyer\n' >>"$work/group"
sed -i 's/^mail:\(.*\):$/mail:\1:ops/' "$work/group"
mount --bind "$work/passwd" /etc/passwd
mount --bind "$work/group" /etc/group
for place in spool:/var/spool/postfix etc:/etc/postfix mail:/var/mail home:/home lib:/var/lib/postfix; do
  mount --bind "$work/${place%%:*}" "${place#*:}"
done
chown postfix /var/lib/postfix
chown 5000:5000 /var/spool/postfix/vmail
chgrp mail /var/mail; chmod 2775 /var/mail
install -d -o 1001 -g 1001 /home/ops; install -d -o 1003 -g 1003 /home/clerk; install -d -o 1004 -g 1004 /home/buyer
cd /etc/postfix; mkdir -p lists
cat >main.cf <<'C'
compatibility_level = 3.6
myhostname = mx1.example.org
mydomain = example.org
myorigin = $mydomain
mydestination = $myhostname, $mydomain, localhost
inet_interfaces = loopback-only
mynetworks = 127.0.0.0/8 [::1]/128
recipient_delimiter = +-
alias_maps = hash:/etc/postfix/aliases
alias_database = hash:/etc/postfix/aliases
virtual_alias_domains = second.example.org, example.net
virtual_alias_maps = hash:/etc/postfix/virtual
recipient_canonical_maps = hash:/etc/postfix/recipient_canonical
virtual_mailbox_domains = box.example.net
virtual_mailbox_base = /var/spool/postfix/vmail
virtual_mailbox_maps = hash:/etc/postfix/vmailbox,
    ldap:/etc/postfix/people.cf
virtual_uid_maps = static:5000
virtual_gid_maps = static:5000
maillog_file = /dev/stdout
smtputf8_enable = no
C
cat >aliases <<'A'
# Who reads what.
postmaster: root
root: ops
purchasing: buyer
info: clerk, buyer
team: :include:/etc/postfix/lists/team
lonely: :include:/etc/postfix/lists/lonely
archive: "|/bin/cat >/dev/null"
loop1: loop2
loop2: loop1
A
printf '# the team\nclerk@example.org\nbuyer, ops\n' >lists/team
printf 'buyer\n' >lists/lonely
cat >virtual <<'V'
# Second domains.
clerk.jones@second.example.org  clerk
sales@second.example.org        clerk, buyer
@second.example.org             ops@example.org
@example.net                    @example.org
first.last@example.org          buyer
moved                           clerk.jones@second.example.org
V
printf 'old.name@example.org\tclerk@example.org\n@legacy.example.org\t@example.org\n' >recipient_canonical
printf 'visitor@box.example.net\tbox.example.net/visitor/\n' >vmailbox
# The directory is not there when this is recorded: Postfix is asked without it.
sed -i 's/^virtual_mailbox_maps.*/virtual_mailbox_maps = hash:\/etc\/postfix\/vmailbox/; /ldap:/d' main.cf
for map in virtual recipient_canonical vmailbox; do postmap hash:$map; done
postalias hash:aliases
sed -i 's/^maillog_file.*/maillog_file = \/var\/spool\/postfix\/lab.log/' main.cf
grep -q '^postlog' master.cf || printf 'postlog unix-dgram n - n - 1 postlogd\n' >>master.cf
sed -i -E 's/^(smtp +inet +n +-) +y/\1 n/; s/^([a-z-]+ +unix +[-ny] +[-ny]) +y /\1 n /' master.cf
postfix check 2>/dev/null || true
postfix start >/dev/null
sleep 2
python3 - <<'S'
import smtplib, time
to = ['clerk', 'Clerk+orders', 'clerk-bills', 'root', 'postmaster', 'purchasing+x', 'info', 'team', 'lonely', 'archive', 'loop1', 'old.name', 'first.last', 'moved', 'buyer+a-b']
to = [each + '@example.org' for each in to] + ['clerk.jones@second.example.org', 'clerk.jones+tag@second.example.org', 'sales@second.example.org',
  'anybody@second.example.org', 'buyer@example.net', 'clerk+far@example.net', 'ops@legacy.example.org', 'visitor@box.example.net', 'visitor+more@box.example.net']
for n, each in enumerate(to):
    with smtplib.SMTP('127.0.0.1', 25, timeout=20) as s:
        s.sendmail('shipping@example.com', [each], 'From: shipping@example.com\r\nSubject: n\r\nMessage-ID: <%d.lab@example.com>\r\n\r\nText.\r\n' % n)
S
for _ in $(seq 1 60); do [ -n "$(postqueue -j 2>/dev/null)" ] || break; sleep 0.5; done
sleep 1
postfix stop >/dev/null 2>&1 || true
mkdir -p "$out/mx1/etc/postfix/lists" "$out/mx1/var/log"
cp main.cf virtual recipient_canonical vmailbox aliases "$out/mx1/etc/postfix/"
cp lists/* "$out/mx1/etc/postfix/lists/"
postconf -n >"$out/mx1/postconf-n.txt"
getent passwd >"$out/mx1/etc/passwd"; getent group >"$out/mx1/etc/group"
grep -v 'postfix/postfix-script\|postlog' /var/spool/postfix/lab.log >"$out/mx1/var/log/mail.log"
