#!/bin/sh
# What the tests and the UI build need beside Go, Node and make.
#
#   deps.sh         everything: PostgreSQL, chromium with a Chinese font, a C compiler (race tests)
#   deps.sh run     what `make run` needs: Go and Node alone
#
# On Debian (and its kin) root gets what is missing from the distribution; anybody else is told
# in one line what is missing.
set -eu

what=${1:-all}
missing=

has() { command -v "$1" >/dev/null 2>&1; }
need() { missing="$missing $1"; }

has go || { echo "missing: Go 1.26 or newer (https://go.dev/dl/)" >&2; exit 1; }
if [ -f "$(dirname "$0")/../web/package.json" ]; then
	has npm || { echo "missing: Node.js 20 or newer with npm (https://nodejs.org/)" >&2; exit 1; }
fi
[ "$what" = run ] && exit 0

ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || has initdb || need postgresql-15
has chromium || has chromium-browser || has google-chrome || need chromium
fc-list 2>/dev/null | grep -qi -e 'wqy' -e 'WenQuanYi' -e 'Noto.*CJK' || need fonts-wqy-microhei
has gcc || has clang || need gcc
[ -e /usr/include/stdio.h ] || need libc6-dev
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! has apt-get; then
	echo "missing:$missing (as root on Debian: make deps; elsewhere install the like)" >&2
	exit 1
fi

export DEBIAN_FRONTEND=noninteractive
echo "installing:$missing"
apt-get update -qq
# Newer releases carry a newer PostgreSQL under the name without a number.
case $missing in *postgresql-15*)
	apt-cache show postgresql-15 >/dev/null 2>&1 || missing=$(echo "$missing" | sed 's/postgresql-15/postgresql/') ;;
esac
# shellcheck disable=SC2086 # a list of names
apt-get install -y -qq --no-install-recommends $missing fontconfig >/dev/null
