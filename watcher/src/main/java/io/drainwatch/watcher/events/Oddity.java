package io.drainwatch.watcher.events;

import java.util.Map;

/** What was unusual in a valid document: worth a count and a line, never a reason to drop it. */
public enum Oddity {
  UNREADABLE_EVENT("unreadable-event"),
  /** Completed or Canceled: read as if the event were absent. */
  FINISHED_EVENT("finished-event"),
  /** None, or one that cannot be sent back as received: tracked, never acknowledged. */
  NO_EVENT_ID("no-event-id"),
  UNKNOWN_TYPE("unknown-type"),
  UNKNOWN_STATUS("unknown-status"),
  OTHER_RESOURCE_TYPE("other-resource-type"),
  /** Names no VM: no action. */
  NO_RESOURCES("no-resources"),
  UNREADABLE_RESOURCE("unreadable-resource"),
  /** There is a text, but no date in it. An empty one is usual once Started, and not counted. */
  UNREADABLE_NOT_BEFORE("unreadable-not-before"),
  UNREADABLE_DURATION("unreadable-duration");

  private final String word;

  Oddity(String word) {
    this.word = word;
  }

  /** For logs and as a metric's label. */
  public String word() {
    return word;
  }

  void countIn(Map<Oddity, Integer> tally) {
    tally.merge(this, 1, Integer::sum);
  }
}
