#!/bin/bash
# Moves the pods away and then stops what the kubelet left, writing to a log of its own.
base=$(cd "$(dirname "$0")/../../.." && pwd)
log=$base/sys/log/kubelet
mkdir -p "$log"

exec 3>&1 1>>"$log/drain.stdout.log" 2>>"$log/drain.stderr.log"
export PATH="$base/packages/kubernetes/bin:$PATH"

drain_node() {
  if ! kubectl get node this-node; then
    echo "no such node: nothing to drain"
    return 0
  fi
  kubectl cordon this-node && kubectl drain this-node --force --grace-period 10
}

for attempt in 1 2 3; do
  if drain_node; then
    break
  fi
  echo "attempt $attempt failed" >&2
  [[ $attempt -lt 3 ]] || exit 1
  sleep 0.1
done

[[ -e $base/kubelet.pid ]] && kill "$(cat "$base/kubelet.pid")"
echo 0 >&3
