#!/bin/sh
# C02: export data when the deployment is deleted; a pre-stop script, every drain comes after it
set -eu
[ "$DRAIN_HOOK" = pre-stop ] || exit 64
if [ "$DRAIN_DEPLOYMENT_NEXT_STATE" = deleted ]; then
  echo exported
else
  echo kept
fi
