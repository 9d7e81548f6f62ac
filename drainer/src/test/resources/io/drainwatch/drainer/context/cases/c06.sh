#!/bin/sh
# C06: deregister the etcd member on scale-down
set -eu
if [ "$DRAIN_GROUP_NEXT_STATE" = scaled-down ]; then
  echo "deregistered $DRAIN_VM_NAME"
else
  echo member
fi
