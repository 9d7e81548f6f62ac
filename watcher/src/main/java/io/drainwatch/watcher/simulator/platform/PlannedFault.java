package io.drainwatch.watcher.simulator.platform;

import java.time.Duration;

/**
 * A fault, whom it hits and for how long.
 *
 * @param carriedOut an acknowledgement counts although its answer is wrong ("it may or may not have
 *     counted", section 6). For answers that are right but late, cut off or stalled it always does
 */
public record PlannedFault(Fault fault, Target target, Extent extent, boolean carriedOut) {

  /** Which requests it hits. */
  public enum Target {
    /** Reading the events. */
    EVENTS("events"),
    ACKNOWLEDGE("acknowledge"),
    INSTANCE("instance"),
    ALL("all");

    private final String word;

    Target(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    boolean covers(Target asked) {
      return this == ALL || this == asked;
    }
  }

  /** How long it lasts. */
  public sealed interface Extent {}

  /** The next so many requests that it hits. */
  public record Times(int count) implements Extent {
    public Times {
      if (count < 1) {
        throw new IllegalArgumentException("a fault hits at least one request, not " + count);
      }
    }
  }

  /** From when it is set. */
  public record Lasting(Duration time) implements Extent {}

  public record UntilCleared() implements Extent {}

  /** The next so many polls. */
  public static PlannedFault nextPolls(int count, Fault fault) {
    return new PlannedFault(fault, Target.EVENTS, new Times(count), false);
  }

  /** The next so many acknowledgements, none of which counts. */
  public static PlannedFault nextAcknowledgements(int count, Fault fault) {
    return new PlannedFault(fault, Target.ACKNOWLEDGE, new Times(count), false);
  }

  public PlannedFault on(Target other) {
    return new PlannedFault(fault, other, extent, carriedOut);
  }

  public PlannedFault lasting(Duration time) {
    return new PlannedFault(fault, target, new Lasting(time), carriedOut);
  }

  public PlannedFault butCarriedOut() {
    return new PlannedFault(fault, target, extent, true);
  }
}
