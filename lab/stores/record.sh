#!/bin/bash
# Makes the mail stores under src/decoders/mail-store/recordings with the real programs: procmail (mbox, Maildir, MH),
# Dovecot (Maildir++, sdbox, mdbox), mutt (mbox with Content-Length, and what a client itself puts away). No network, no daemon.
#
#   sudo lab/stores/record.sh OUTDIR
#
# Needs procmail, dovecot-core, mutt, python3, util-linux. Programs run as nobody, on a host called ws1.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(realpath -m "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/in" "$work/home/clerk" "$work/run" "$work/state" "$work/mail"
python3 "$here/messages.py" "$work/in"
cat >"$work/dovecot.conf" <<CONF
base_dir = $work/run
state_dir = $work/state
log_path = $work/log
ssl = no
first_valid_uid = 1
namespace inbox {
  inbox = yes
}
CONF
chmod -R go+rX "$work"
chown -R nobody:nogroup "$work"

as_clerk() {
  unshare --net --uts --mount bash -c 'hostname ws1; exec setpriv --reuid 65534 --regid 65534 --clear-groups env -i \
    PATH=/usr/sbin:/usr/bin:/bin USER=clerk LOGNAME=clerk HOME='"$work/home/clerk"' TZ=UTC "$@"' - "$@"
}

for box in mbox maildir/ mh/.; do
  printf 'DEFAULT=%s/mail/procmail-%s\nLOGFILE=%s/log\n' "$work" "$box" "$work" >"$work/rc"
  chmod 644 "$work/rc"
  for number in 1 2 3 4 5; do
    as_clerk procmail -f shipping@example.net -m "$work/rc" <"$work/in/$number.eml"
  done
done
for form in sdbox mdbox maildir; do
  sub=Archive/2026
  if [ $form = maildir ]; then sub=Archive.2026; fi
  location="mail_location=$form:$work/mail/dovecot-$form"
  doveadm() { as_clerk doveadm -c "$work/dovecot.conf" -o "$location" "$@"; }
  doveadm mailbox create $sub
  doveadm save "$work/in/2.eml"
  doveadm save "$work/in/3.eml"
  doveadm save -m $sub "$work/in/4.eml"
  doveadm flags add '\Seen' mailbox INBOX 1
done
# A copy of what is sent, as a client puts it away: no delivery software ever saw it.
cp "$work/in/2.eml" "$work/home/clerk/label.pdf"
printf '#!/bin/sh\necho harmless\n' >"$work/home/clerk/label.pdf"
for form in mbox Maildir; do
  echo text | as_clerk mutt -n -F /dev/null -e "set mbox_type=$form; set record=$work/mail/mutt-sent-$form; set sendmail=/bin/true; \
    set hostname=ws1.example.org; set from=clerk@example.org; set realname=''" -s x -a "$work/home/clerk/label.pdf" -- shipping@example.net
done
mkdir -p "$out"
cp -r "$work/mail/." "$out/"
# What is not mail in these folders stays where it matters to recognition, and is small.
find "$out" -name 'dovecot.index.cache' -delete
chmod -R u+rwX,go-rwx+rX "$out"
chown -R "$(id -u):$(id -g)" "$out"
