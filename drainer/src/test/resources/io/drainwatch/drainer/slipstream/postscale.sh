#!/bin/sh
if [ "$SLIPSTREAM_SCALING_ACTION" = vm_resize ]; then echo "After VM resize"; fi
if [ "$SLIPSTREAM_SCALING_ACTION" = disk_attach ]; then echo "After disk attach"; fi
if [ "$SLIPSTREAM_SCALING_ACTION" = disk_detach ]; then echo "After disk detach"; fi
exit 0
