#!/bin/sh
# C05: do not move data when the instance is deleted: the same fact as C03, the other choice
set -eu
if [ "$DRAIN_INSTANCE_NEXT_STATE" = delete ] && [ "$DRAIN_DEPLOYMENT_NEXT_STATE" != deleted ]; then
  echo left-behind
else
  echo flushed
fi
