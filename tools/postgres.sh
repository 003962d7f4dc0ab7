#!/bin/sh
# A PostgreSQL of its own for tests: `sh tools/postgres.sh start DIR PORT` makes an empty cluster in
# DIR, serves it on this machine only and prints its address; `stop DIR` ends it.
# Data are not forced to disk: what is tested is what the database keeps, not what a disk does.
set -eu

deed=$1
folder=$2
bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -1)")

# The server refuses to run as root; Debian's package brings a user for it.
as_server() {
  if [ "$(id -u)" = 0 ]; then
    runuser -u postgres -- "$@"
  else
    "$@"
  fi
}

if [ "$deed" = stop ]; then
  as_server "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null
  exit 0
fi

port=$3
mkdir -p "$folder"
if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
as_server "$bin/initdb" -D "$folder/data" -U keck --auth=trust --encoding=UTF8 --locale=C \
  --no-sync >/dev/null
as_server "$bin/pg_ctl" -D "$folder/data" -l "$folder/log.txt" -w start -o "-p $port \
  -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off" >/dev/null
echo "postgresql+psycopg://keck@127.0.0.1:$port/postgres"
