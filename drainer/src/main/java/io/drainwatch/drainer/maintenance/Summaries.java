package io.drainwatch.drainer.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes the one summary of an episode from its record. */
final class Summaries {
  private Summaries() {}

  static Summary of(Episode episode, Summary.Ending ending, Instant now) {
    return new Summary(
        episode.id(),
        episode.machine().vmName(),
        ending,
        episode.begunAt(),
        episode.stamp(),
        now,
        episode.entered(),
        episode.events().stream().map(Summaries::of).toList(),
        episode.drain().outcome(),
        episode.drain().reason(),
        episode.drain().left(),
        drainTook(episode),
        scripts(episode, ScriptRun.Phase.SUCCEEDED),
        scripts(episode, ScriptRun.Phase.FAILED),
        episode.rebooted());
  }

  private static Summary.EventSummary of(TrackedEvent tracked) {
    return new Summary.EventSummary(
        tracked.event().id(),
        tracked.event().type(),
        Optional.of(tracked.event().source()),
        tracked.firstSeen(),
        tracked.notBefore(),
        tracked.notBefore().map(at -> Duration.between(tracked.firstSeen(), at)),
        tracked.hasStarted(),
        tracked.drained(),
        tracked.acknowledgement().accepted());
  }

  private static Optional<Duration> drainTook(Episode episode) {
    Instant drained = episode.entered().get(MaintenanceState.DRAINED);
    Instant cordoned = episode.entered().get(MaintenanceState.CORDONED);
    return drained == null || cordoned == null
        ? Optional.empty()
        : Optional.of(Duration.between(cordoned, drained));
  }

  private static int scripts(Episode episode, ScriptRun.Phase phase) {
    return episode.hooks().values().stream().mapToInt(run -> run.namesOf(phase).size()).sum();
  }
}
