#!/bin/bash
# Records what other mail transfer agents than Postfix write, with what was really sent beside it.
#
#   record.sh [NAME]...     (none: all of lab/mta/stories, see README.md)
#
# Needs root, unshare, python3, rsyslog and a Debian package archive. The programs are not installed: their packages are
# unpacked over a copy-on-write view of this machine, in namespaces of their own with nothing but a loopback device.
set -u
here=$(cd "$(dirname "$0")" && pwd)
repo=$(cd "$here/../.." && pwd)
state=${LAB_STATE:-/var/lib/watchpost-lab-mta}
for need in unshare nsenter chroot ip python3 rsyslogd apt-get dpkg; do
  command -v "$need" >/dev/null || { echo "record: needs $need" >&2; exit 77; }
done
[ "$(id -u)" = 0 ] || { echo "record: needs root" >&2; exit 77; }

# Packages that installing PACKAGE here would add, unpacked once; scripts of the packages are never run.
unpacked() { # PACKAGE
  local target="$state/packages/$1" each
  [ -e "$target/done" ] && return 0
  rm -rf "$target"; mkdir -p "$target/deb" "$target/root"
  for each in $(apt-get -s install --no-install-recommends "$1" | awk '$1 == "Inst" { print $2 }'); do
    (cd "$target/deb" && apt-get -q -o APT::Sandbox::User=root download "$each" >/dev/null) || return 1
  done
  for each in "$target"/deb/*.deb; do dpkg -x "$each" "$target/root" || return 1; done
  # This machine's /bin, /lib and /sbin lead to /usr; a directory of that name would hide the way.
  for each in bin sbin lib; do
    [ -d "$target/root/$each" ] || continue
    mkdir -p "$target/root/usr/$each"; cp -a "$target/root/$each/." "$target/root/usr/$each/"; rm -rf "${target:?}/root/$each"
  done
  (cd "$target/deb" && for each in *.deb; do dpkg-deb -W --showformat '${Package} ${Version}\n' "$each"; done) > "$target/versions"
  touch "$target/done"
}

names=("$@")
[ ${#names[@]} -gt 0 ] || names=($(cd "$here/stories" && ls *.py | sed 's/\.py$//'))
failed=0
for name in "${names[@]}"; do
  story="$here/stories/$name.py"
  [ -f "$story" ] || { echo "record: no story $name" >&2; failed=1; continue; }
  # The line "# hosts: mx1=exim mx2=sendmail" names the hosts and what runs on each.
  hosts=$(sed -n 's/^# hosts: //p' "$story")
  for each in $hosts; do
    . "$here/programs/${each#*=}.sh"
    for package in $packages; do unpacked "$package" || { echo "record: cannot fetch $package" >&2; exit 1; }; done
  done
  base="$state/run/$name"
  umount -l "$base"/hosts/*/root "$base" 2>/dev/null
  rm -rf "$base"; mkdir -p "$base"
  echo "record: $name" >&2
  unshare --net --mount --uts --pid --fork --kill-child --mount-proc -- \
    bash "$here/inside.sh" "$here" "$state" "$base" "$name" $hosts || { echo "record: FAILED $name" >&2; failed=1; continue; }
  python3 "$here/keep.py" "$story" "$base/out" "$repo" "$state/packages" || failed=1
done
exit $failed
