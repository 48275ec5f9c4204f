#!/bin/bash
# A short live exercise for CI: real auditd, rsyslog and Postfix, one attack of AN0656 acted out, everything stopped again.
#
#   e2e.sh OUTDIR [SECONDS]      SECONDS: how long to wait between the message and its execution (default 2)
#
# Leaves OUTDIR/audit.log, mail.log, etc/passwd, etc/aliases. Exit 77 with the reason when this machine cannot run it.
# The files grow while it runs (OUTDIR/audit.log and mail.log are the daemons' own), so that a watcher can follow them.
set -u
lab=$(cd "$(dirname "$0")" && pwd)
. "$lab/lib/net.sh"
. "$lab/lib/need.sh"
[ $# -ge 1 ] || { echo "usage: e2e.sh OUTDIR [SECONDS]" >&2; exit 2; }
command -v cc >/dev/null || { echo "e2e: missing program: cc" >&2; exit 77; }
need_all || exit 77
mkdir -p "$1" || exit 2
out=$(cd "$1" && pwd)
export LAB_PAUSE=${2:-2}

net_in=wp-e2e-in net_out=wp-e2e-out
state=$(mktemp -d /var/lib/watchpost-e2e.XXXXXX)
base=$state/host
mkdir -p "$base/out/www" "$base/out/keys" "$base/lab" "$out/etc"
cp -r "$lab/lib" "$lab/audit.rules" "$base/lab/"
audit_was=$(auditctl -s | awk '$1=="enabled"{print $2}')
outside_pid="" host_pid=""
finish() {
  trap - EXIT INT TERM
  [ -n "$host_pid" ] && kill -0 "$host_pid" 2>/dev/null && { kill "$host_pid"; wait "$host_pid"; }
  [ -n "$outside_pid" ] && kill "$outside_pid" 2>/dev/null
  auditctl -D >/dev/null 2>&1
  auditctl -e "$audit_was" >/dev/null 2>&1
  net_down
  rm -rf "$state"
}
trap finish EXIT
trap 'exit 130' INT TERM

net_down
net_up 2>"$state/net.err" || { echo "e2e: no network namespaces here: $(tail -1 "$state/net.err")" >&2; exit 77; }
ip netns exec "$net_in" unshare --mount --uts -- true 2>/dev/null || { echo "e2e: no mount or host-name namespaces here" >&2; exit 77; }
(cd / && exec ip netns exec "$net_out" python3 "$lab/lib/sinks.py" --www "$base/out/www" --keys "$base/out/keys" --ready "$base/out/ready") &
outside_pid=$!
for _ in $(seq 1 100); do [ -e "$base/out/ready" ] && break; sleep 0.1; done

# The daemons write where the caller can follow them.
: > "$out/audit.log"; : > "$out/mail.log"
export LAB_LOGS=$out
(cd / && exec ip netns exec "$net_in" unshare --mount --uts -- bash "$base/lab/lib/host.sh" "$base/lab/lib/e2e-scenario.sh" "$base" "$outside_pid") &
host_pid=$!
wait "$host_pid"; status=$?
host_pid=""
cp "$base/etc/passwd" "$base/etc/aliases" "$out/etc/" 2>/dev/null
[ $status -eq 0 ] && [ ! -e "$base/failed" ] || { echo "e2e: the exercise failed" >&2; exit 1; }
grep -q 'status=sent' "$out/mail.log" || { echo "e2e: nothing was delivered" >&2; exit 1; }
grep -q 'comm="StatementViewer"' "$out/audit.log" || { echo "e2e: the attachment's execution was not recorded" >&2; exit 1; }
echo "e2e: $(wc -l < "$out/audit.log") audit records, $(wc -l < "$out/mail.log") mail log lines" >&2
