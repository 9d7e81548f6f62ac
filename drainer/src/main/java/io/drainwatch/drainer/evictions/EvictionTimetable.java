package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The next moment at which time alone may change something. Every moment the decisions compare
 * {@code now} with is here; one too many costs a wake-up, one too few a drain that stands still.
 */
final class EvictionTimetable {
  // "older than" begins just after
  private static final Duration JUST_AFTER = Duration.ofMillis(1);

  private EvictionTimetable() {}

  static Optional<Instant> next(EvictionState state, EvictionSettings settings, Instant now) {
    Stream<Instant> ofPods =
        state.pods.values().stream().flatMap(each -> of(each, state, settings));
    Stream<Instant> ofGroups = state.groups.values().stream().map(Group::next);
    Stream<Instant> ofAll =
        Stream.of(
                Optional.of(state.outage.next()),
                Optional.of(state.looks.next()),
                state.asOf.map(at -> at.plus(View.OLDEST).plus(JUST_AFTER)),
                state.plan.map(Plan::firstAt))
            .flatMap(Optional::stream);
    return Stream.of(ofPods, ofGroups, ofAll)
        .flatMap(it -> it)
        .filter(at -> at.isAfter(now))
        .min(Instant::compareTo);
  }

  private static Stream<Instant> of(
      PodTrack track, EvictionState state, EvictionSettings settings) {
    if (!track.present()) {
      return Stream.empty();
    }
    return Stream.of(
            track.notBefore(),
            track.lastSent().map(at -> at.plus(Pace.LEAST)),
            track.end().map(at -> at.plus(View.OVERDUE)),
            state.plan.flatMap(plan -> plan.forcePoint(track.pod(), settings)))
        .flatMap(Optional::stream);
  }
}
