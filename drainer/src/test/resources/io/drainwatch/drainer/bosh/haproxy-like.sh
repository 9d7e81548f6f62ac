#!/bin/sh
# Waits inside: fails the health check, waits until the connections are gone, stops the proxy.
# Needs a writable current directory for its lock.
base=$(cd "$(dirname "$0")/../../.." && pwd)
pid_file=$base/sys/run/haproxy.pid

if [ ! -e "$pid_file" ]; then
  echo "not running" >&2
  echo 0
  exit 0
fi

mkdir haproxy-drain.lock || { echo "somebody drains already" >&2; exit 1; }
trap 'rmdir haproxy-drain.lock' EXIT

touch "$base/sys/run/unhealthy"
while [ -e "$base/sys/run/connections" ]; do
  sleep 0.05
done

pid=$(cat "$pid_file")
kill -USR1 "$pid" 2>/dev/null
rm -f "$pid_file"
echo 0
