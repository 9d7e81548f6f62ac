package io.drainwatch.drainer.context;

/** {@code event.status}: the platform's two words and our two for an event that is gone. */
public enum EventPhase {
  SCHEDULED("Scheduled"),
  STARTED("Started"),
  /** Gone before it was Started. */
  CANCELLED("Cancelled"),
  /** Gone after it was Started. */
  COMPLETED("Completed");

  private final String word;

  EventPhase(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
