#!/bin/sh
# C01: skip draining data when the deployment is deleted
set -eu
if [ "$DRAIN_DEPLOYMENT_NEXT_STATE" = deleted ]; then
  echo skipped
else
  echo drained
fi
