package io.drainwatch.drainer.maintenance;

/** When the policy lets an event be acknowledged. */
public enum AcknowledgeWhen {
  AFTER_DRAIN,
  /** Also when a script failed or pods are left; never after the deadline was reached. */
  EVEN_IF_FAILED,
  IMMEDIATELY,
  NEVER
}
