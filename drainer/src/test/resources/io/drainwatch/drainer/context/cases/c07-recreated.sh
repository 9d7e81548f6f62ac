#!/bin/sh
# C07, the later proposal's wish: drain the kubelet if the VM is recreated or removed
set -eu
if [ "$DRAIN_VM_RECREATED" = true ] || [ "$DRAIN_INSTANCE_NEXT_STATE" = delete ]; then
  echo drained
else
  echo left
fi
