#!/bin/sh
if [ "$SLIPSTREAM_SCALING_ACTION" = vm_remove ]; then echo "Before VM remove"; fi
if [ "$SLIPSTREAM_SCALING_ACTION" = vm_resize ]; then echo "Before VM resize"; fi
if [ "$SLIPSTREAM_SCALING_ACTION" = disk_attach ]; then echo "Before disk attach"; fi
if [ "$SLIPSTREAM_SCALING_ACTION" = disk_detach ]; then echo "Before disk detach"; fi
exit 0
