package io.drainwatch.drainer.scaledown;

import java.time.Duration;
import java.time.Instant;

/** When a failed pod is made anew: 10 s doubling to 5 min, from its end, without a limit. */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int DOUBLINGS = 5;

  private Backoff() {}

  static Duration after(int attempt) {
    Duration wait = FIRST.multipliedBy(1L << Math.clamp(attempt, 0, DOUBLINGS));
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  /** Its node's clock may be wrong: an end that lies ahead is not believed. */
  static Instant retryAt(OrdinalPod pod, Instant now) {
    Instant end =
        pod.endedAt()
            .filter(at -> !at.isAfter(now.plus(LONGEST)) && !at.isBefore(pod.createdAt()))
            .orElse(pod.createdAt());
    return end.plus(after(pod.attempt()));
  }
}
