#!/bin/sh
# C03: move the only copy elsewhere when the instance is deleted and the deployment is not
set -eu
if [ "$DRAIN_INSTANCE_NEXT_STATE" = delete ] && [ "$DRAIN_DEPLOYMENT_NEXT_STATE" != deleted ]; then
  echo moved
else
  echo stayed
fi
