package io.drainwatch.drainer.maintenance;

/** An event's status in the document. Missing or unheard-of texts read as {@link #UNKNOWN}. */
public enum EventStatus {
  SCHEDULED,
  STARTED,
  /** Handled as Scheduled, but never acknowledged. */
  UNKNOWN
}
