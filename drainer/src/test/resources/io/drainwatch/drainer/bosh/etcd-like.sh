#!/bin/bash
# A drain as release authors write them: the answer goes to a saved descriptor, everything
# else to stderr, and whatever happens the EXIT trap answers with the exit code.
set -eu

exec 3>&1
exec 1>&2

answer() {
  local code=$?
  echo "$code" >&3
}
trap answer EXIT

job_dir=$(cd "$(dirname "$0")/.." && pwd)
echo "called as $*"

if [[ "${1:-}" == job_check_status ]]; then
  exit 0
fi

if echo "${BOSH_JOB_NEXT_STATE:-}" | grep -q '"persistent_disk":0'; then
  echo "the disk goes away: this member leaves the cluster"
  "$job_dir/packages/etcdctl" member remove "$(hostname)"
else
  echo "the disk stays: this member stays"
fi
