package io.drainwatch.drainer.nodes;

/** What came of reading an observation; never an exception. */
public sealed interface ObservationText {
  record Read(ObservationNote note) implements ObservationText {}

  /** Says nothing, least of all that there are no events (I10). */
  record Unreadable(String why) implements ObservationText {}
}
