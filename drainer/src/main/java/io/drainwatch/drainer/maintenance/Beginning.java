package io.drainwatch.drainer.maintenance;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first moment of an episode. */
final class Beginning {
  private Beginning() {}

  /**
   * Begins an episode with the events given. When one that counts has started already, it is the
   * episode: what is still to come gets one of its own afterwards.
   *
   * @param overtaken the episode this one takes the machine over from, cordon and all
   */
  static void begin(
      Fold fold, Machine machine, List<TrackedEvent> wanted, Optional<Episode> overtaken) {
    List<TrackedEvent> driving = driving(wanted);
    List<TrackedEvent> started = driving.stream().filter(TrackedEvent::hasStarted).toList();
    List<TrackedEvent> events = started.isEmpty() ? wanted : started;
    TrackedEvent first =
        driving(events).stream()
            .min(
                Comparator.comparing((TrackedEvent each) -> each.deadline().orElse(Instant.MAX))
                    .thenComparing(each -> each.event().key()))
            .orElseThrow(() -> new IllegalArgumentException("an episode begins with an event"));
    MaintenanceState state =
        started.isEmpty()
            ? MaintenanceState.MAINTENANCE_SCHEDULED
            : MaintenanceState.MAINTENANCE_STARTED;
    fold.replace(
        new Episode(
            id(first, machine, overtaken),
            machine,
            fold.now,
            state,
            Map.of(state, fold.now),
            started.isEmpty() ? events : events.stream().map(TrackedEvent::activated).toList(),
            Deadlines.earliest(driving(events)),
            Map.of(),
            Episode.Step.NOT_BEGUN,
            overtaken.map(Episode::cordonOurs).orElse(false),
            Episode.Step.NOT_BEGUN,
            Episode.Step.NOT_BEGUN,
            DrainResult.OPEN,
            false,
            false,
            Optional.empty(),
            false));
    events.forEach(event -> fold.say(Reason.EVENT_SEEN, EventBook.describe(event)));
    fold.emit(new Action.Enter(state));
    fold.ifEpisode(
        draft -> {
          if (draft.hasStarted()) {
            if (first.event().source() != EventSource.USER) {
              draft.say(Reason.HOST_FAILURE, first.event().id());
            }
            Stages.started(draft);
          }
        });
  }

  private static List<TrackedEvent> driving(List<TrackedEvent> events) {
    List<TrackedEvent> out = events.stream().filter(TrackedEvent::takesOutOfService).toList();
    return out.isEmpty() ? events : out;
  }

  // Scripts tell repeats by the id: an event that comes back after it was gone must not look like
  // the maintenance before.
  private static String id(TrackedEvent first, Machine machine, Optional<Episode> overtaken) {
    String id = first.event().id() + "/" + machine.vmName();
    return overtaken.filter(episode -> episode.id().startsWith(id)).isPresent()
        ? overtaken.get().id() + "/2"
        : id;
  }
}
