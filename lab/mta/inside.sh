#!/bin/bash
# Runs inside the namespaces: a loopback device with the addresses of everybody, the world outside, the hosts, the story.
#
#   inside.sh HERE STATE BASE NAME HOST=PROGRAM...
set -u
here=$1 state=$2 base=$3 name=$4; shift 4
export PYTHONDONTWRITEBYTECODE=1
out="$base/out"; final="$out"
die() { echo "lab: $*" >&2; exit 1; }
ip link set lo up
ip address add 198.51.100.1/24 dev lo
ip address add 203.0.113.1/24 dev lo
ip address add 192.0.2.1/24 dev lo
ip address add 10.0.3.1/24 dev lo
mount --make-rprivate /
mount -t tmpfs -o mode=755,size=1g lab "$base" || die "no tmpfs"
mkdir -p "$base/out" "$base/hosts"
python3 "$here/outside.py" "$base/out/outside.ndjson" & outside=$!
for _ in $(seq 1 100); do ss -Hltn 'sport = :25' | grep -q 203.0.113.10 && break; sleep 0.1; done

number=10
for each in "$@"; do
  host=${each%%=*} program=${each#*=}
  "$here/host.sh" "$here" "$state" "$base/hosts/$host" "$host" "198.51.100.$number" "$program" || die "$host did not start"
  number=$((number + 1))
done
python3 "$here/stories/$name.py" "$base"
status=$?
for each in "$@"; do
  host=${each%%=*}
  . "$here/programs/${each#*=}.sh"
  mkdir -p "$out/logs/$host"
  for log in $logs; do
    for file in "$base/hosts/$host/root"$log; do [ -s "$file" ] && cp "$file" "$out/logs/$host/"; done
  done
done
kill "$outside"
# The tmpfs goes with this namespace: what is kept moves below it.
mkdir -p "$state/keep"; rm -rf "$state/keep/$name"; cp -r "$out" "$state/keep/$name"
umount -l "$base"/hosts/*/root "$base"
cp -r "$state/keep/$name" "$final"; rm -rf "$state/keep/$name"
exit $status
