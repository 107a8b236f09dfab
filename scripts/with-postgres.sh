#!/bin/sh
# with-postgres.sh COMMAND…: run a command beside a throwaway PostgreSQL cluster whose URL it
# finds in GUAN_TEST_POSTGRES. A cluster that is named there already is used and left alone.
set -eu
[ $# -gt 0 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
[ -z "${GUAN_TEST_POSTGRES:-}" ] || exec "$@"
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d /tmp/guan-pg-XXXXXX)
trap '"$here/postgres.sh" stop "$dir"' EXIT
trap 'exit 130' HUP INT TERM
GUAN_TEST_POSTGRES=$("$here/postgres.sh" start "$dir")
export GUAN_TEST_POSTGRES
"$@"
