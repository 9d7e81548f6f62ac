package io.drainwatch.drainer.notify;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is told of a maintenance, under way or over: an episode and its summary read the same.
 *
 * @param stamp see {@link Episode#stamp}
 * @param action what is done about it; of a summary as far as that tells
 * @param cordoned whether new work is kept out, or was; as far as is known
 * @param leading the event that the whole is told of
 * @param ending empty: not over
 */
record Course(
    String id,
    Instant stamp,
    Map<MaintenanceState, Instant> entered,
    List<Event> events,
    Event leading,
    PolicyAction action,
    boolean cordoned,
    Optional<Instant> deadline,
    DrainResult.Outcome drain,
    String drainReason,
    List<String> left,
    boolean cancelled,
    boolean held,
    Optional<Summary.Ending> ending) {

  /** One event of it. */
  record Event(
      String id,
      String type,
      Instant firstSeen,
      Optional<Instant> notBefore,
      boolean started,
      boolean acknowledged) {

    static Event of(TrackedEvent tracked) {
      return new Event(
          tracked.event().id(),
          tracked.event().type(),
          tracked.firstSeen(),
          tracked.notBefore(),
          tracked.hasStarted(),
          tracked.acknowledgement().accepted());
    }

    static Event of(Summary.EventSummary event) {
      return new Event(
          event.id(),
          event.type(),
          event.firstSeen(),
          event.notBefore(),
          event.started(),
          event.acknowledged());
    }
  }

  static Course of(Episode episode) {
    return new Course(
        episode.id(),
        episode.stamp(),
        episode.entered(),
        episode.events().stream().map(Event::of).toList(),
        Event.of(episode.leading()),
        episode.action(),
        episode.cordon() == Episode.Step.DONE
            || episode.entered().containsKey(MaintenanceState.DRAINING),
        episode.deadline(),
        episode.drain().outcome(),
        episode.drain().reason(),
        episode.drain().left(),
        episode.cancelled(),
        episode.held().equals(Optional.of(Episode.Held.FOREIGN_UNCORDON)),
        Optional.empty());
  }

  static Course of(Summary summary) {
    List<Event> events = summary.events().stream().map(Event::of).toList();
    Event leading =
        events.stream()
            .min(Comparator.comparing(event -> event.notBefore().orElse(Instant.MAX)))
            .orElse(new Event("", "", summary.begunAt(), Optional.empty(), false, false));
    return new Course(
        summary.episode(),
        summary.stamp(),
        summary.entered(),
        events,
        leading,
        action(summary),
        summary.entered().containsKey(MaintenanceState.DRAINING),
        Optional.empty(),
        summary.drain(),
        summary.drainReason(),
        summary.left(),
        summary.ending() == Summary.Ending.CANCELLED,
        false,
        Optional.of(summary.ending()));
  }

  private static PolicyAction action(Summary summary) {
    if (summary.entered().containsKey(MaintenanceState.DRAINING)) {
      return PolicyAction.DRAIN;
    }
    return summary.entered().containsKey(MaintenanceState.CORDONED)
        ? PolicyAction.CORDON
        : PolicyAction.OBSERVE;
  }

  Optional<Instant> entered(MaintenanceState state) {
    return Optional.ofNullable(entered.get(state));
  }
}
