#!/bin/bash
# Peers come and go: each group has its own answer.
set -e

on_A() {
  true
}

on_B() {
  for vm in $SLIPSTREAM_SCALING_VMS; do
    echo "Processing $vm"
    address=$(ss-get "$vm:hostname")
    echo "address of $vm: $address"
    ready=$(ss-get "$vm:ready")
    echo "$vm is ready: $ready"
  done
}

on_C() {
  for vm in $SLIPSTREAM_SCALING_VMS; do
    # nothing yet
  done
}

case "$SLIPSTREAM_SCALING_NODE" in
  A | B | C) "on_$SLIPSTREAM_SCALING_NODE" ;;
esac
