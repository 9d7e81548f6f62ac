package io.drainwatch.drainer.cleaning;

import io.drainwatch.drainer.scaledown.OrdinalPod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pods that were made anew elsewhere, since their Nodes were under maintenance. The first at once;
 * one of the same name after 30 s, doubling to 16 min: whoever binds pods to cordoned Nodes, say by
 * tolerations that the server adds, does not stop.
 */
final class Moves {
  static final Duration FIRST = Duration.ofSeconds(30);
  private static final int DOUBLINGS = 5;

  /** What is longer ago has nothing to do with it. */
  static final Duration REMEMBERED = Duration.ofHours(1);

  private record Moved(int times, Instant at) {}

  private final Map<String, Moved> moved = new HashMap<>();

  /** Empty: now. */
  Optional<Instant> notBefore(OrdinalPod pod, Instant now) {
    moved.values().removeIf(each -> Duration.between(each.at(), now).compareTo(REMEMBERED) > 0);
    return Optional.ofNullable(moved.get(key(pod)))
        .map(each -> each.at().plus(wait(each.times())))
        // one that lies further ahead is of before the clock was set back
        .filter(at -> at.isAfter(now) && at.isBefore(now.plus(REMEMBERED)));
  }

  void moved(OrdinalPod pod, Instant now) {
    moved.merge(key(pod), new Moved(1, now), (before, _) -> new Moved(before.times() + 1, now));
  }

  private static Duration wait(int times) {
    return FIRST.multipliedBy(1L << Math.clamp(times - 1L, 0, DOUBLINGS));
  }

  private static String key(OrdinalPod pod) {
    return pod.namespace() + "/" + pod.name();
  }
}
