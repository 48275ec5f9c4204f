#!/bin/bash
# Records what Suricata makes of real traffic: src/decoders/suricata/recordings.
#
#   record.sh [NAME]...     (none: all of lab/suricata/stories)
#
# Needs root, unshare, ip, python3, debootstrap and a Debian package archive with backports: Suricata is not in Debian 12
# itself. Everything runs in a root of its own and in network namespaces with nothing but a pair of virtual devices.
# LAB_STATE is where that root is kept.
set -u
here=$(cd "$(dirname "$0")" && pwd)
repo=$(cd "$here/../.." && pwd)
state=${LAB_STATE:-/var/lib/watchpost-lab-suricata}
root=$state/root
mirror=${LAB_MIRROR:-http://deb.debian.org/debian}
for need in unshare nsenter chroot ip python3 debootstrap; do
  command -v "$need" >/dev/null || { echo "record: needs $need" >&2; exit 77; }
done
[ "$(id -u)" = 0 ] || { echo "record: needs root" >&2; exit 77; }

if [ ! -e "$state/ready" ]; then
  mkdir -p "$state"
  debootstrap --variant=minbase bookworm "$root" "$mirror" >"$state/build.log" 2>&1 || { echo "record: debootstrap failed" >&2; exit 1; }
  printf 'deb %s bookworm main\ndeb %s bookworm-backports main\n' "$mirror" "$mirror" > "$root/etc/apt/sources.list"
  printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"; chmod 755 "$root/usr/sbin/policy-rc.d"
  cp /etc/resolv.conf "$root/etc/resolv.conf"; cp -a /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
  DEBIAN_FRONTEND=noninteractive chroot "$root" sh -c 'apt-get update -q &&
    apt-get install -y -q --no-install-recommends -t bookworm-backports suricata &&
    apt-get install -y -q --no-install-recommends tcpdump iproute2 postfix swaks curl python3 openssl' >>"$state/build.log" 2>&1 ||
    { echo "record: cannot install, see $state/build.log" >&2; exit 1; }
  touch "$state/ready"
fi

names=("$@")
[ ${#names[@]} -gt 0 ] || names=($(cd "$here/stories" && ls *.sh | sed 's/\.sh$//'))
failed=0
for name in "${names[@]}"; do
  [ -f "$here/stories/$name.sh" ] || { echo "record: no story $name" >&2; failed=1; continue; }
  echo "record: $name" >&2
  work=$state/run/$name
  rm -rf "$work"; mkdir -p "$work/www" "$work/keys"
  unshare --net --mount --uts --pid --fork --kill-child --mount-proc -- \
    bash "$here/inside.sh" "$here" "$root" "$work" "$name" || { echo "record: FAILED $name" >&2; failed=1; continue; }
  python3 "$here/keep.py" "$here/stories/$name.sh" "$work" "$repo/src/decoders/suricata/recordings" || failed=1
done
exit $failed
