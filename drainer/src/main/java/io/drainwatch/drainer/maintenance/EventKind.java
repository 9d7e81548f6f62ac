package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Drainwatch knows of an event's type. The type itself is text as received ({@link
 * ScheduledEvent#type}); a text that is none of these is {@link #UNKNOWN} and treated like a
 * Redeploy, but never acknowledged.
 */
public enum EventKind {
  FREEZE("Freeze", Duration.ofMinutes(15)),
  REBOOT("Reboot", Duration.ofMinutes(15)),
  REDEPLOY("Redeploy", Duration.ofMinutes(10)),
  PREEMPT("Preempt", Duration.ofSeconds(30)),
  TERMINATE("Terminate", Duration.ofMinutes(5)),
  /** Raised eviction risk, advice only: sets no deadline, acknowledging has no effect. */
  SPOT_REBALANCE_RECOMMENDATION("SpotRebalanceRecommendation", null),
  UNKNOWN("", Duration.ofMinutes(10));

  private final String word;
  private final @Nullable Duration minimumNotice;

  EventKind(String word, @Nullable Duration minimumNotice) {
    this.word = word;
    this.minimumNotice = minimumNotice;
  }

  /** The kind of a type as received; case does not matter, anything not known is UNKNOWN. */
  public static EventKind of(String type) {
    for (EventKind kind : values()) {
      if (kind != UNKNOWN && kind.word.equalsIgnoreCase(type)) {
        return kind;
      }
    }
    return UNKNOWN;
  }

  public String word() {
    return word;
  }

  /**
   * What is reckoned with when an event carries no readable NotBefore; empty: no deadline at all.
   */
  public Optional<Duration> minimumNotice() {
    return Optional.ofNullable(minimumNotice);
  }

  /** Whether acknowledging this kind means anything and is ever right. */
  public boolean isAcknowledgeable() {
    return this != UNKNOWN && this != SPOT_REBALANCE_RECOMMENDATION;
  }
}
