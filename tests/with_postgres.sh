#!/bin/sh
# Run a command with DATABASE_URL naming a PostgreSQL server of its own, which is gone afterwards.
#
#   tests/with_postgres.sh COMMAND [ARGUMENT]...
#
# Where DATABASE_URL names a PostgreSQL server already, the command runs against that one. The status is the
# command's. The server listens on a socket in a private directory only, and trades durability for speed. It gathers
# statistics when it is told to, not when it likes: plans are the same however long a command takes.
set -eu

if [ $# -eq 0 ]; then
    echo "Say what to run: tests/with_postgres.sh COMMAND [ARGUMENT]..." >&2
    exit 2
fi
case "${DATABASE_URL:-}" in
postgres*) exec "$@" ;;
esac

find_programs() {
    for found in "$(command -v initdb || true)" \
        $(ls /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb 2>/dev/null | sort -rV); do
        directory=$(dirname "$found")
        if [ -n "$found" ] && [ -x "$directory/pg_ctl" ] && [ -x "$directory/postgres" ]; then
            echo "$directory"
            return
        fi
    done
}
programs=$(find_programs)
if [ -z "$programs" ]; then
    echo "PostgreSQL is not installed. On Debian or Ubuntu: sudo apt-get install postgresql" >&2
    exit 1
fi

# A socket's path has room for about a hundred characters, so $TMPDIR may be too deep for it.
cluster=$(mktemp -d /tmp/reviews-postgres.XXXXXX)

# PostgreSQL refuses to run as root.
owner=
if [ "$(id -u)" -eq 0 ]; then
    owner=nobody
    if id postgres >/dev/null 2>&1; then owner=postgres; fi
    chown "$owner" "$cluster"
fi
as_owner() {
    (
        cd "$cluster"
        if [ -z "$owner" ]; then
            exec "$@"
        elif command -v setpriv >/dev/null 2>&1; then
            exec setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups "$@"
        else
            exec su -s /bin/sh "$owner" -c '"$0" "$@"' -- "$@"
        fi
    )
}

remove_cluster() {
    as_owner "$programs/pg_ctl" -D "$cluster/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$cluster"
}
trap remove_cluster EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

make_cluster() {
    as_owner "$programs/initdb" -D "$cluster/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync &&
        as_owner "$programs/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w -o "-c listen_addresses='' \
            -c unix_socket_directories=$cluster -c fsync=off -c synchronous_commit=off \
            -c full_page_writes=off -c max_connections=200 -c autovacuum=off" start
}
if ! make_cluster >"$cluster/making" 2>&1; then
    echo "PostgreSQL did not start:" >&2
    cat "$cluster/making" "$cluster/log" >&2 2>/dev/null || true
    exit 1
fi

status=0
DATABASE_URL="postgres:///postgres?host=$cluster&user=postgres" "$@" || status=$?
exit "$status"
