#!/bin/bash
# Hands recorded audit logs to the real programs that send them on, and keeps what these wrote: src/decoders/audit-feed/recordings and
# src/decoders/laurel/recordings.
#
#   sudo feeds.sh syslog CASE TEMPLATE TARGET.gz      through audisp-syslog and rsyslog, record by record and at the log's own pace
#   feeds.sh laurel CASE TARGET.gz [CONFIG]           through LAUREL; CONFIG is further text of its configuration
#
# syslog: the stamps inside are moved to now by whole seconds, which it prints. Needs Debian's audispd-plugins and rsyslog. It runs with a mount and a
# host name of its own. laurel: needs LAUREL 0.8.2 (crates.io: cargo install laurel --version 0.8.2), in the search path or as LAUREL.
set -eu -o pipefail
feed=$1 case=$(realpath "$2")
scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT

if [ "$feed" = laurel ]; then
  target=$(realpath -m "$3")
  {
    printf 'directory = "%s"\nuser = "%s"\n[auditlog]\nfile = "-"\n[state]\nfile = ""\n' "$scratch" "$(id -un)"
    printf '[enrich]\npid = false\nspawned-by = false\ncontainer = false\nsystemd = false\nscript = false\nuid-groups = false\nexecve-env = []\n'
    printf '%s\n' "${4:-}"
  } >"$scratch/laurel.toml"
  zcat "$case/audit.log.gz" | (cd / && "${LAUREL:-laurel}" --config "$scratch/laurel.toml" 2>/dev/null) | grep "^{" | gzip -9n >"$target"
  exit
fi

template=$3 target=$(realpath -m "$4")
[ -n "${WP_INSIDE:-}" ] || WP_INSIDE=1 exec unshare --mount --uts -- bash "$(realpath "$0")" syslog "$case" "$template" "$target"
mount --make-rprivate /
hostname mx1
mkdir "$scratch/dev"; mount -t tmpfs -o mode=755 lab-dev "$scratch/dev"
for node in null zero urandom; do touch "$scratch/dev/$node"; mount --bind "/dev/$node" "$scratch/dev/$node"; done
printf 'module(load="imuxsock" SysSock.RateLimit.Interval="0")\n$PreserveFQDN off\n$ActionFileDefaultTemplate %s\n$WorkDirectory %s\n*.* %s/out\n' \
  "$template" "$scratch" "$scratch" >"$scratch/rsyslog.conf"
mount --rbind "$scratch/dev" /dev
cd /
rsyslogd -n -f "$scratch/rsyslog.conf" -i "$scratch/pid" & daemon=$!
for _ in $(seq 100); do [ -S /dev/log ] && break; sleep 0.05; done
zcat "$case/audit.log.gz" >"$scratch/log"
python3 - "$scratch/log" <<'P' | audisp-syslog LOG_INFO LOG_LOCAL6
import re, sys, time
stamp = re.compile(rb'(?<=msg=audit\()(\d+)(\.\d+)(?=:)')
lines = open(sys.argv[1], 'rb').readlines()
moved = int(time.time()) + 2 - int(stamp.search(lines[0])[1])
print(f'moved by {moved} s', file=sys.stderr)
for line in lines:
    seconds, rest = stamp.search(line).groups()
    wait = float(seconds + rest) + moved - time.time()
    if wait > 0:
        time.sleep(wait)
    sys.stdout.buffer.write(stamp.sub(lambda m: b'%d%s' % (int(m[1]) + moved, m[2]), line, 1))
    sys.stdout.buffer.flush()
time.sleep(1)
P
sleep 0.5; kill "$daemon"; wait "$daemon" || true
grep -v 'rsyslogd' "$scratch/out" | gzip -9n >"$target"
umount -l /dev; umount -l "$scratch/dev"
