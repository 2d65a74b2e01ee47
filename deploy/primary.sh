#!/usr/bin/env bash
# Let a copy of this PostgreSQL be made: once, when its first database has been made. See replica.sh.
set -euo pipefail
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set password="${REPLICATION_PASSWORD:?}" --set slot="${SLOT:-replica}" <<'SQL'
CREATE ROLE replication LOGIN REPLICATION PASSWORD :'password';
SELECT pg_create_physical_replication_slot(:'slot');
-- A copy that is gone for good must not fill the disk of the primary.
ALTER SYSTEM SET max_slot_wal_keep_size = '4GB';
SELECT pg_reload_conf();
SQL
echo "host replication replication samenet scram-sha-256" >>"$PGDATA/pg_hba.conf"
