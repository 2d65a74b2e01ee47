#!/usr/bin/env bash
# Make a streaming copy of the PostgreSQL at PRIMARY_HOST in PGDATA, unless there is one, and run it.
# REPLICATION_USER may replicate and its password is in PGPASSWORD; SLOT keeps what the copy has not got yet.
set -euo pipefail
: "${PGDATA:?}" "${PRIMARY_HOST:?}"

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    until pg_basebackup --pgdata "$PGDATA" --host "$PRIMARY_HOST" --port "${PRIMARY_PORT:-5432}" \
        --username "${REPLICATION_USER:-replication}" --write-recovery-conf --wal-method stream \
        --checkpoint fast --slot "${SLOT:-replica}"; do
        echo "The primary cannot be copied yet; trying again." >&2
        find "$PGDATA" -mindepth 1 -delete
        sleep 1
    done
    chmod 700 "$PGDATA"
fi
exec postgres -D "$PGDATA" -c hot_standby=on -c hot_standby_feedback=on "$@"
