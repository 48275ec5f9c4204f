#!/bin/bash
# Records scenarios of the laboratory into src/analytics/*/cases/.
#
#   record.sh [ANALYTIC/VERDICT.NAME | ANALYTIC]...     (none: all)
#
# LAB_BRING is a folder that the host finds as $base/bring. LAB_SCENARIOS and LAB_TARGET name other folders of scenarios and of recordings: see stores/hosts.
#
# Needs root, a kernel with auditing, and the packages named in README.md. Leaves nothing behind but the recordings.
set -u
lab=$(cd "$(dirname "$0")" && pwd)
repo=$(cd "$lab/.." && pwd)
. "$lab/lib/net.sh"
. "$lab/lib/need.sh"
need_all || exit 77

state=/var/lib/watchpost-lab
scenarios=${LAB_SCENARIOS:-$lab/scenarios}
outside_pid="" audit_was=$(auditctl -s | awk '$1=="enabled"{print $2}')
finish() {
  trap - EXIT INT TERM
  [ -n "$outside_pid" ] && kill "$outside_pid" 2>/dev/null
  auditctl -D >/dev/null 2>&1
  auditctl -e "$audit_was" >/dev/null 2>&1
  net_down
  [ -n "${LAB_KEEP:-}" ] || rm -rf "$state"
}
trap finish EXIT
trap 'exit 130' INT TERM

list() {
  if [ $# -eq 0 ]; then (cd "$scenarios" && ls -d */*.sh | sed 's/\.sh$//'); return; fi
  local each
  for each in "$@"; do
    if [ -d "$scenarios/$each" ]; then (cd "$scenarios" && ls -d "$each"/*.sh | sed 's/\.sh$//'); else echo "$each"; fi
  done
}

failed=0
for each in $(list "$@"); do
  script="$scenarios/$each.sh"
  [ -f "$script" ] || { echo "record: no scenario $each" >&2; failed=1; continue; }
  base="$state/$(basename "$each")"
  rm -rf "$base"; mkdir -p "$base/out/www" "$base/out/keys"
  # A copy, because the recorded host has a /home, /tmp and /root of its own.
  mkdir "$base/lab"; cp -r "$lab/lib" "$lab"/audit*.rules "$script" "$base/lab/"
  [ -z "${LAB_BRING:-}" ] || cp -rL "$LAB_BRING" "$base/bring"
  net_down; net_up || { echo "record: no network namespaces" >&2; exit 1; }
  (cd / && exec ip netns exec "$net_out" python3 "$lab/lib/sinks.py" --www "$base/out/www" --keys "$base/out/keys" --ready "$base/out/ready") &
  outside_pid=$!
  for _ in $(seq 1 100); do [ -e "$base/out/ready" ] && break; sleep 0.1; done
  echo "record: $each" >&2
  (cd / && exec ip netns exec "$net_in" unshare --mount --uts -- bash "$base/lab/lib/host.sh" "$base/lab/$(basename "$script")" "$base" "$outside_pid")
  kill "$outside_pid" 2>/dev/null; wait "$outside_pid" 2>/dev/null; outside_pid=""
  target="$repo/src/analytics/${each%%/*}/cases/$(basename "$each")"
  [ -z "${LAB_TARGET:-}" ] || target="$LAB_TARGET/$(basename "$each")"
  [ ! -e "$base/failed" ] && python3 "$lab/lib/finish.py" --lab "$lab" --base "$base" --case "$each" --target "$target" || { echo "record: FAILED $each" >&2; failed=1; }
done
exit $failed
