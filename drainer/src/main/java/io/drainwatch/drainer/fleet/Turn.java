package io.drainwatch.drainer.fleet;

import io.drainwatch.drainer.budget.Claim;
import io.drainwatch.drainer.budget.Claim.Urgency;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.NodeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What an episode or a record means to the budget. */
final class Turn {
  private Turn() {}

  static Claim of(String uid, String pool, Episode episode, boolean isUnderWay) {
    return new Claim(
        uid,
        pool,
        urgency(episode.acting().stream().map(each -> each.event().kind())),
        isUnderWay,
        episode.deadline(),
        startsAnyway(episode));
  }

  /** By the record alone: it takes a place whether or not its watcher is heard of. */
  static Claim of(String uid, String pool, NodeRecord record) {
    return new Claim(
        uid,
        pool,
        urgency(record.events().stream().map(each -> EventKind.of(each.type()))),
        true,
        record.progress().deadline(),
        Optional.empty());
  }

  /**
   * Cordoned to Running, and the cordon stands; also where a maintenance that took over is not
   * Cordoned itself yet, as it waits for what was approved before.
   */
  static boolean takesPlace(NodeRecord record) {
    return record.prior().isPresent()
        && !record.progress().isOff()
        && record.progress().state().isBefore(MaintenanceState.UNCORDONED);
  }

  static Urgency urgency(Episode episode) {
    return urgency(episode.acting().stream().map(each -> each.event().kind()));
  }

  private static Urgency urgency(Stream<EventKind> kinds) {
    return kinds
        .map(
            kind ->
                switch (kind) {
                  case PREEMPT -> Urgency.PREEMPT;
                  case TERMINATE -> Urgency.TERMINATE;
                  case FREEZE, REBOOT, REDEPLOY, SPOT_REBALANCE_RECOMMENDATION, UNKNOWN ->
                      Urgency.PLANNED;
                })
        .max(Comparator.naturalOrder())
        .orElse(Urgency.PLANNED);
  }

  /** Half of the shortest notice is used up: the platform will not wait. */
  static Optional<Instant> startsAnyway(Episode episode) {
    return episode.acting().stream()
        .flatMap(each -> half(each).stream())
        .min(Comparator.naturalOrder());
  }

  private static Optional<Instant> half(TrackedEvent event) {
    return event
        .notBefore()
        .or(event::deadline)
        .map(at -> event.firstSeen().plus(Duration.between(event.firstSeen(), at).dividedBy(2)));
  }
}
