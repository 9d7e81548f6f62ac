package io.drainwatch.drainer.maintenance;

/**
 * Who acknowledges an event that names other VMs too, where their records cannot be seen: an
 * acknowledgement counts for all of them and cannot be taken back.
 */
public enum SharedAcknowledgement {
  NEVER,
  /** The first VM named decides, drained or not the others may be. */
  FIRST_RESOURCE
}
