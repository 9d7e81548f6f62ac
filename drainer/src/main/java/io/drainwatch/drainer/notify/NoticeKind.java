package io.drainwatch.drainer.notify;

import java.util.Locale;
import java.util.Optional;

/** The life of a maintenance as people are told of it, in this order; a closed set. */
public enum NoticeKind {
  SEEN("a scheduled event names this machine", "new work is kept out, then the machine is drained"),
  CORDONED("no new work comes in", "the drain begins"),
  DRAINING("the drain has begun", "the event is acknowledged once the machine is drained"),
  BLOCKED("something is in the way", "it goes on as soon as the way is free"),
  DRAINED("the machine is drained", "the event is acknowledged if the policy allows it"),
  DRAIN_FAILED(
      "the drain failed",
      "the event is not acknowledged, unless the policy says even-if-failed: the platform goes"
          + " ahead by itself"),
  DEADLINE_MISSED(
      "the drain was not over at its deadline",
      "nothing is acknowledged: the platform goes ahead by itself"),
  ACKNOWLEDGED("the event is acknowledged", "the platform may go ahead at any moment"),
  STARTED("the maintenance has started", "the machine comes back when the event is over"),
  GONE("the event is over", "the machine is brought back into service"),
  RETURNED("the machine is back in service", "nothing is left to be done"),
  CANCELLED("the event was cancelled", "the machine is brought back into service");

  private final String text;
  private final String next;

  NoticeKind(String text, String next) {
    this.text = text;
    this.next = next;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** What comes next, as a rule. */
  String next() {
    return next;
  }

  /** {@code deadline-missed}: in the configuration, in the type of a CloudEvent, in templates. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether an operator should look. */
  public boolean isWarning() {
    return this == BLOCKED || this == DRAIN_FAILED || this == DEADLINE_MISSED;
  }

  public static Optional<NoticeKind> of(String word) {
    for (NoticeKind kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
