package io.drainwatch.drainer.maintenance;

/** Who caused an event. */
public enum EventSource {
  PLATFORM("Platform"),
  USER("User"),
  /** {@code drainwatch drain}: an episode asked for on this machine; nothing to acknowledge. */
  OPERATOR("Operator"),
  UNKNOWN("unknown");

  private final String word;

  EventSource(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
