package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.evictions.EvictionOutcome.Blocked;
import io.drainwatch.drainer.evictions.EvictionOutcome.Transient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long until the next try (section 8), as a function of the outcome and its run. */
public final class Pace {
  /** I5: between two tries on a pod, whatever the answer. */
  public static final Duration LEAST = Duration.ofSeconds(1);

  static final Duration LEAST_FOR_KUBEVIRT = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration MISCONFIGURED = Duration.ofSeconds(60);
  private static final Duration NAMESPACE_TERMINATING = Duration.ofSeconds(5);
  private static final Duration UNCONFIRMED = Duration.ofSeconds(30);

  private Pace() {}

  /**
   * From the answer to the next try; at least a second. A wait that was asked for is obeyed: jitter
   * only makes it longer.
   *
   * @param run how often in a row it came out so, this time included
   * @param jitter from 0 (a fifth less) to 1 (a fifth more)
   */
  public static Duration delay(EvictionOutcome outcome, int run, double jitter) {
    return switch (outcome) {
      case EvictionOutcome.Accepted() -> UNCONFIRMED;
      case EvictionOutcome.Gone() -> UNCONFIRMED;
      case EvictionOutcome.Replaced() -> UNCONFIRMED;
      case EvictionOutcome.Conflict ignored -> LEAST;
      case EvictionOutcome.NoEvictionApi ignored -> LEAST;
      case EvictionOutcome.Wait ignored -> NAMESPACE_TERMINATING;
      case EvictionOutcome.Misconfigured ignored -> MISCONFIGURED;
      case Blocked blocked -> {
        boolean told = blocked.cause() == BlockedCause.PDB_PENDING && !blocked.atLeast().isZero();
        Duration ramp =
            told
                ? blocked.atLeast()
                : ramp(blocked.cause().first(), blocked.cause().longest(), 1.5, run);
        yield spread(ramp, blocked.atLeast(), jitter);
      }
      case Transient failed -> spread(ramp(LEAST, LONGEST, 2, run), failed.atLeast(), jitter);
    };
  }

  /**
   * The same where time is short: a quarter of the time left at most, so that an answer that turns
   * good is not slept through. Still at least a second.
   */
  public static Duration within(Duration delay, Optional<Instant> deadline, Instant now) {
    Duration quarter = deadline.map(end -> Duration.between(now, end).dividedBy(4)).orElse(delay);
    return longer(LEAST, quarter.compareTo(delay) < 0 ? quarter : delay);
  }

  /** Without jitter: 1 s, doubling up to 30 s. */
  public static Duration doubling(int run) {
    return ramp(LEAST, LONGEST, 2, run);
  }

  private static Duration ramp(Duration first, Duration longest, double factor, int run) {
    double grown = first.toMillis() * Math.pow(factor, Math.max(0, run - 1));
    return grown >= longest.toMillis() ? longest : Duration.ofMillis((long) grown);
  }

  private static Duration spread(Duration ramp, Duration atLeast, double jitter) {
    double factor = 0.8 + 0.4 * Math.clamp(jitter, 0.0, 1.0);
    Duration spread = Duration.ofMillis((long) (longer(ramp, atLeast).toMillis() * factor));
    return longer(LEAST, longer(spread, atLeast));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
