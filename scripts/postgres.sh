#!/bin/sh
# A throwaway PostgreSQL cluster for tests and benchmarks: no password, loopback only.
#
#   postgres.sh start DIR   make the cluster in DIR when there is none, start it, print its URL
#   postgres.sh url DIR     print the URL of the running cluster
#   postgres.sh stop DIR    stop it and remove DIR
#   postgres.sh hold DIR    start, print the URL, wait for the end of standard input, stop
#
# Run by root the server runs as the user postgres, else as whoever calls. The server does not
# flush to disk (nothing in it is worth keeping); GUAN_PG_FSYNC=on makes it, for measurements.
set -eu

usage() { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -eq 2 ] || usage
verb=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
fsync=${GUAN_PG_FSYNC:-off}

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -n 1)
[ -x "$bin/initdb" ] || bin=$(pg_config --bindir 2>/dev/null || true)
[ -x "$bin/initdb" ] || { echo "PostgreSQL is not installed: install the package postgresql-15 (make deps)" >&2; exit 1; }

# as COMMAND…: run as the user the server may run as.
as() {
	if [ "$(id -u)" = 0 ]; then (cd "$dir" && runuser -u postgres -- "$@"); else "$@"; fi
}

running() { [ -f "$dir/data/postmaster.pid" ] && as "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; }

url() { echo "postgres://guan@127.0.0.1:$(sed -n 4p "$dir/data/postmaster.pid")/guan?sslmode=disable"; }

start() {
	running && return 0
	if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
	if [ ! -f "$dir/data/PG_VERSION" ]; then
		as "$bin/initdb" -D "$dir/data" -U guan -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 ||
			{ cat "$dir/initdb.log" >&2; return 1; }
	fi
	socket=$dir
	[ ${#dir} -le 80 ] || socket= # the path of a socket is limited to 107 bytes
	tries=0
	while :; do
		# Below the range from which the kernel gives ports to clients.
		port=$(od -An -N2 -tu2 /dev/urandom | awk '{print 15000 + $1 % 15000}')
		if as "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -t 60 start -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$socket -c fsync=$fsync -c full_page_writes=$fsync -c synchronous_commit=$fsync -c max_connections=200 -c shared_buffers=256MB -c max_wal_size=2GB" >/dev/null 2>&1 </dev/null; then
			break
		fi
		tries=$((tries + 1))
		[ $tries -lt 5 ] || { tail -n 20 "$dir/server.log" >&2; return 1; }
	done
	as "$bin/createdb" -h 127.0.0.1 -p "$port" -U guan guan 2>/dev/null || true
}

stop() {
	if running; then as "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true; fi
	rm -rf "$dir"
}

case $verb in
start) start; url ;;
url) running || { echo "no cluster runs in $dir" >&2; exit 1; }; url ;;
stop) stop ;;
hold)
	trap stop EXIT
	trap 'exit 1' HUP INT TERM
	start
	url
	cat >/dev/null
	;;
*) usage ;;
esac
