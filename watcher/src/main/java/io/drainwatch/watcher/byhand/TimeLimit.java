package io.drainwatch.watcher.byhand;

import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.HookSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When a script must be over and how long it may take to die (drain-scripts.md 1.4). Pure. */
final class TimeLimit {
  private static final Duration USUAL_GRACE = Duration.ofSeconds(10);
  private static final Duration LEAST = Duration.ofSeconds(1);

  private TimeLimit() {}

  /**
   * @param timeout what the operator set for the hook
   */
  static Instant endBy(
      Hook hook, Instant begunAt, Optional<Duration> timeout, Optional<Instant> deadline) {
    Instant byTimeout = begunAt.plus(timeout.orElse(HookSettings.DEFAULT_TIMEOUT));
    if (hook.isBeforeDrained()) {
      Stream<Instant> limits =
          Stream.concat(timeout.stream().map(begunAt::plus), deadline.stream());
      return limits.min(Instant::compareTo).orElse(byTimeout);
    }
    return hook == Hook.SCHEDULED && deadline.filter(byTimeout::isAfter).isPresent()
        ? deadline.get()
        : byTimeout;
  }

  static Duration grace(Optional<Instant> notBefore, Instant now) {
    Duration left =
        notBefore
            .map(at -> Duration.between(now, at).minus(LEAST))
            .filter(time -> time.compareTo(USUAL_GRACE) < 0)
            .orElse(USUAL_GRACE);
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }
}
