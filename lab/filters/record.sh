#!/bin/bash
# Records what delivery agents and mail filters write, into src/decoders/<program>/recordings/<name>/.
#
#   record.sh [NAME]...     one or more of the scripts beside this one, without .sh (none: all)
#
# Needs root and the packages of README.md, on a machine that may be thrown away. Each recording runs in namespaces of its own
# (mounts, network with loopback only, processes, host name); everything in it ends when its script ends.
set -u
here=$(cd "$(dirname "$0")" && pwd)
repo=$(cd "$here/../.." && pwd)
state=${FILTERS_STATE:-/var/lib/watchpost-filters}
trixie=${FILTERS_TRIXIE:-/var/tmp/trixie}
[ "$(id -u)" = 0 ] || { echo "record: needs root" >&2; exit 77; }

list() { if [ $# -gt 0 ]; then printf '%s\n' "$@"; else (cd "$here" && ls *.sh | sed 's/\.sh$//' | grep -vx record); fi; }

failed=0
for each in $(list "$@"); do
  script="$here/$each.sh"
  [ -f "$script" ] || { echo "record: no script $each" >&2; failed=1; continue; }
  # What the script says of itself: where it runs and where the recording goes.
  root=/ into=""
  eval "$(grep -E '^(root|into)=' "$script")"
  [ "$root" = trixie ] && root=$trixie
  [ -d "$root/etc" ] || { echo "record: $each needs a system at $root (see README.md)" >&2; failed=1; continue; }
  base="${root%/}$state/$each"
  rm -rf "$base"; mkdir -p "$base/lab" "$base/out"
  cp -r "$here/lib" "$script" "$base/lab/"; cp "$here/amavis.sh" "$base/lab/lib/"
  echo "record: $each" >&2
  (cd / && timeout 300 unshare --mount --net --uts --ipc --pid --fork --kill-child chroot "$root" \
    /bin/bash "$state/$each/lab/lib/world.sh" "$state/$each" "$each") || { echo "record: FAILED $each" >&2; failed=1; continue; }
  target="$repo/src/decoders/$into"
  rm -rf "$target"; mkdir -p "$target"
  cp -r "$base/out/"* "$target/"
  [ -n "${FILTERS_KEEP:-}" ] || rm -rf "$base"
done
exit $failed
