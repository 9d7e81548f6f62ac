package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.evictions.Evictions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When time alone may change something on a Node. */
final class NodeTimetable {
  /** Ages of views, holds that end, Readiness that lasts: looked at this often. */
  private static final Duration WHILE_AT_WORK = Duration.ofSeconds(1);

  private NodeTimetable() {}

  static Optional<Instant> next(
      NodeState state, NodeSettings settings, Evictions evictions, Instant now) {
    boolean isAtWork =
        state.orders().evict().isPresent()
            || state.orders().uncordon()
            || state.orders().cordon()
            || state.orders().closing()
            || state.returning().toClear().isPresent()
            || (state.record().isPresent() && state.episode().isPresent());
    Optional<Instant> look =
        isAtWork && !state.isLost() && settings.writes()
            ? Optional.of(now.plus(WHILE_AT_WORK))
            : Optional.empty();
    Optional<Instant> writes = Optional.of(state.writes().notBefore());
    Optional<Instant> evict =
        state.evicting().told().isPresent()
            ? evictions.wakeAt(state.evicting().state(), now)
            : Optional.empty();
    Optional<Instant> fence =
        state.evicting().told().isPresent()
            ? Fencing.nextList(state.fence(), state.evicting().cordonedAt(), settings)
            : Optional.empty();
    return Stream.of(
            look,
            writes,
            evict,
            fence,
            Reading.goneForGoodAt(state),
            Yielding.until(state),
            LeftBehind.until(state))
        .flatMap(Optional::stream)
        .filter(at -> at.isAfter(now))
        .min(Instant::compareTo);
  }
}
