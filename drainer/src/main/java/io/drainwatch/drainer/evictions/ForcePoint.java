package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a pod is deleted by force, and with which grace (section 11). */
public final class ForcePoint {
  private static final Duration MOST_HEADROOM = Duration.ofSeconds(10);
  private static final Duration LEAST_GRACE = Duration.ofSeconds(1);

  private ForcePoint() {}

  /** {@code deadline - min(grace, cap) - headroom}. */
  public static Instant of(
      Instant deadline, Instant drainStart, Duration grace, Optional<Duration> cap) {
    Duration capped = cap.filter(most -> most.compareTo(grace) < 0).orElse(grace);
    return deadline.minus(capped).minus(headroom(deadline, drainStart));
  }

  /** Ten seconds, but not more than a tenth of the drain's time. */
  public static Duration headroom(Instant deadline, Instant drainStart) {
    Duration tenth = Duration.between(drainStart, deadline).dividedBy(10);
    if (tenth.isNegative()) {
      return Duration.ZERO;
    }
    return tenth.compareTo(MOST_HEADROOM) < 0 ? tenth : MOST_HEADROOM;
  }

  /** Whole seconds of the time left, never more than the pod's own grace, never 0 (I6). */
  public static Duration grace(Instant now, Instant deadline, Duration grace) {
    Duration left = Duration.ofSeconds(Duration.between(now, deadline).toSeconds());
    Duration shorter = left.compareTo(grace) < 0 ? left : grace;
    return shorter.compareTo(LEAST_GRACE) < 0 ? LEAST_GRACE : shorter;
  }
}
