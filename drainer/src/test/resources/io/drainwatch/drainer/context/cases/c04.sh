#!/bin/sh
# C04: check replicas before instance and disk are deleted; REPLICAS stands for the database's answer
set -eu
if [ "$DRAIN_INSTANCE_NEXT_STATE" = delete ] && [ "$DRAIN_PERSISTENT_DISK_NEXT_STATE" = deleted ]; then
  if [ "${REPLICAS:-0}" -lt 2 ]; then
    echo waiting
    exit 75
  fi
  echo replicated
else
  echo unchecked
fi
