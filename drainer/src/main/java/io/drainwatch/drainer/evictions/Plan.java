package io.drainwatch.drainer.evictions;

import io.drainwatch.drainer.maintenance.AtDeadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the drain was told: until when, and what then. */
record Plan(
    Instant startedAt,
    Optional<Instant> deadline,
    AtDeadline atDeadline,
    Instant firstAt,
    boolean evictionKnown) {

  boolean isOver(Instant now) {
    return deadline.filter(end -> !now.isBefore(end)).isPresent();
  }

  boolean deletes() {
    return deadline.isPresent() && atDeadline == AtDeadline.DELETE_PODS;
  }

  Optional<Instant> forcePoint(EvictablePod pod, EvictionSettings settings) {
    return deadline.map(end -> ForcePoint.of(end, startedAt, pod.grace(), settings.graceCap()));
  }

  /** Only to shorten, and only where pods may be deleted in the end. */
  Optional<Duration> graceOfEviction(EvictablePod pod, Instant now) {
    return deadline
        .filter(end -> deletes() && pod.grace().compareTo(Duration.between(now, end)) > 0)
        .map(end -> ForcePoint.grace(now, end, pod.grace()))
        .filter(grace -> grace.compareTo(pod.grace()) < 0);
  }
}
