#!/bin/bash
# Lets systemd's own programs print a recorded case: a journal is made of what journald.ts writes, and journalctl prints it.
#
#   journald.sh CASE TARGET        writes TARGET.json.gz and TARGET.export.gz
#
# Needs systemd-journal-remote (Debian: systemd-journal-remote) and journalctl.
set -eu -o pipefail
lab=$(cd "$(dirname "$0")" && pwd)
remote=${SYSTEMD_JOURNAL_REMOTE:-/lib/systemd/systemd-journal-remote}
scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT
node "$lab/journald.ts" "$1" >"$scratch/in.export"
"$remote" --output="$scratch/case.journal" "$scratch/in.export" 2>/dev/null
journalctl --file "$scratch/case.journal" --all --output=json | gzip -9n >"$2.json.gz"
journalctl --file "$scratch/case.journal" --all --output=export | gzip -9n >"$2.export.gz"
