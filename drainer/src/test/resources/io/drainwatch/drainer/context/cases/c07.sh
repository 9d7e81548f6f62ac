#!/bin/sh
# C07: drain the kubelet during an update, not during a delete
set -eu
if [ "$DRAIN_INSTANCE_NEXT_STATE" = keep ]; then
  echo drained
else
  echo left
fi
