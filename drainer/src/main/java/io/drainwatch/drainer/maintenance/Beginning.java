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
   * Begins an episode with the events given. Those that have started already are acted on at once;
   * what is still to come waits until they are over.
   *
   * @param overtaken the episode this one takes the machine over from, with all it had not undone
   */
  static void begin(
      Fold fold, Machine machine, List<TrackedEvent> wanted, Optional<Episode> overtaken) {
    List<TrackedEvent> driving = driving(wanted);
    boolean started = driving.stream().anyMatch(TrackedEvent::hasStarted);
    TrackedEvent first = first(fold, wanted);
    int times = timesNamed(first, machine, overtaken);
    MaintenanceState state =
        started ? MaintenanceState.MAINTENANCE_STARTED : MaintenanceState.MAINTENANCE_SCHEDULED;
    fold.replace(
        new Episode(
            id(first, machine, times),
            machine,
            fold.now,
            fold.now,
            state,
            Map.of(state, fold.now),
            wanted.stream().map(each -> each == first ? each.named(times) : each).toList(),
            Deadlines.earliest(driving),
            Map.of(),
            // its answer is still to come, and tells whether the cordon is ours
            overtaken
                .map(Episode::cordon)
                .filter(Episode.Step.BEGUN::equals)
                .orElse(Episode.Step.NOT_BEGUN),
            overtaken.map(Beginning::leavesOurCordon).orElse(false),
            overtaken.map(Episode::mustUncordon).orElse(false),
            overtaken.map(Beginning::leavesStopped).orElse(false),
            Episode.Step.NOT_BEGUN,
            Episode.Step.NOT_BEGUN,
            DrainResult.OPEN,
            false,
            false,
            Optional.empty(),
            false));
    wanted.forEach(event -> fold.say(Reason.EVENT_SEEN, EventBook.describe(event)));
    fold.emit(new Action.Enter(state));
    fold.ifEpisode(draft -> wanted.forEach(event -> EventBook.sayUntilWhenItWaits(draft, event)));
    if (started) {
      driving.stream()
          .filter(each -> each.firstSeenAsStarted() && each.event().source() != EventSource.USER)
          .forEach(each -> fold.say(Reason.HOST_FAILURE, each.event().id()));
      fold.ifEpisode(Stages::started);
    }
  }

  private static boolean leavesOurCordon(Episode overtaken) {
    return overtaken.cordonOurs() && overtaken.uncordon() != Episode.Step.DONE;
  }

  private static boolean leavesStopped(Episode overtaken) {
    return overtaken.mustStart() && overtaken.state() != MaintenanceState.UNCORDONED;
  }

  /** The event that the episode is named after: the most urgent of those it can go by. */
  private static TrackedEvent first(Fold fold, List<TrackedEvent> wanted) {
    List<TrackedEvent> started = driving(wanted).stream().filter(TrackedEvent::hasStarted).toList();
    List<TrackedEvent> due =
        driving(wanted).stream()
            .filter(each -> DrainTrack.isDue(each, fold.settings, fold.now))
            .toList();
    return (!started.isEmpty() ? started : due.isEmpty() ? Acting.among(wanted) : due)
        .stream()
            .min(
                Comparator.comparing((TrackedEvent each) -> each.deadline().orElse(Instant.MAX))
                    .thenComparing(each -> each.event().key()))
            .orElseThrow(() -> new IllegalArgumentException("an episode begins with an event"));
  }

  private static List<TrackedEvent> driving(List<TrackedEvent> events) {
    List<TrackedEvent> out = events.stream().filter(TrackedEvent::takesOutOfService).toList();
    return out.isEmpty() ? events : out;
  }

  private static String id(TrackedEvent first, Machine machine) {
    return first.event().id() + "/" + machine.vmName();
  }

  private static String id(TrackedEvent first, Machine machine, int times) {
    return times == 1 ? id(first, machine) : id(first, machine) + "/" + times;
  }

  // Scripts and the history tell repeats by the id: neither an event that comes back after it was
  // gone nor one that stands through others' maintenances may look like the maintenance before.
  private static int timesNamed(TrackedEvent first, Machine machine, Optional<Episode> overtaken) {
    int known =
        overtaken.stream()
            .flatMap(episode -> episode.events().stream())
            .filter(first::isSameEventAs)
            .mapToInt(TrackedEvent::named)
            .max()
            .orElse(0);
    int byId = overtaken.map(episode -> times(id(first, machine), episode.id())).orElse(0);
    return Math.max(known, byId) + 1;
  }

  private static int times(String id, String before) {
    if (before.equals(id)) {
      return 1;
    }
    return before.startsWith(id + "/") && before.substring(id.length() + 1).matches("[0-9]{1,9}")
        ? Integer.parseInt(before.substring(id.length() + 1))
        : 0;
  }
}
