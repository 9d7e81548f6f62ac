package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.nodes.NodeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether anybody answers what the watcher reports (kubernetes-drain.md 1): an episode wants a
 * record, a start and an end want to be seen in it. A drainer that waits (for its budget, for pods)
 * has answered.
 */
final class Attendance {
  private Attendance() {}

  static void advance(DistantDraft draft) {
    Optional<String> owed = owed(draft);
    Optional<Instant> since = owed.map(what -> draft.unanswered.since().orElse(draft.now));
    Optional<String> toldFor = draft.unanswered.toldFor();
    Optional<String> episode = draft.episode().map(Episode::id);
    boolean isLate =
        since.map(at -> !draft.now.isBefore(at.plus(DistantWork.UNATTENDED_AFTER))).orElse(false);
    if (isLate && !toldFor.equals(episode)) {
      toldFor = episode;
      String detail = owed.orElse("") + " since " + since.get();
      draft.tell(NodeNotice.UNATTENDED, detail);
      draft.act(
          new DistantAction.Trouble(
              "nobody answers what is reported on the Node "
                  + draft.nodeName
                  + ": "
                  + detail
                  + "; is the drainer running? Nothing is acknowledged without it"));
    }
    draft.unanswered = new DistantState.Unanswered(since, toldFor);
  }

  static void clockStepped(DistantDraft draft, Duration by) {
    draft.unanswered =
        new DistantState.Unanswered(
            draft.unanswered.since().map(at -> at.plus(by)), draft.unanswered.toldFor());
  }

  static Optional<Instant> wakeAt(DistantState state) {
    boolean isTold =
        state
            .unanswered()
            .toldFor()
            .equals(state.watch().flatMap(w -> w.episode()).map(Episode::id));
    return isTold
        ? Optional.empty()
        : state.unanswered().since().map(at -> at.plus(DistantWork.UNATTENDED_AFTER));
  }

  private static Optional<String> owed(DistantDraft draft) {
    Optional<Episode> open = draft.episode();
    if (open.isEmpty() || draft.goneSince.isPresent()) {
      return Optional.empty();
    }
    Episode episode = open.get();
    Optional<NodeRecord> mine = draft.mine();
    boolean isBack = !episode.state().isBefore(MaintenanceState.RUNNING);
    if (mine.isEmpty()) {
      return isBack ? Optional.empty() : Optional.of("no record of " + episode.id());
    }
    NodeRecord record = mine.get();
    if (isBack) {
      return record.progress().state().isBefore(MaintenanceState.RUNNING)
          ? Optional.of("the end of " + episode.id() + " is not in the record")
          : Optional.empty();
    }
    return episode.events().stream()
        .filter(each -> each.hasStarted() && !each.isGone())
        .filter(each -> standsAsScheduled(record, each))
        .map(each -> "the start of " + each.event().id() + " is not in the record")
        .findFirst();
  }

  private static boolean standsAsScheduled(NodeRecord record, TrackedEvent event) {
    return record.events().stream()
        .anyMatch(
            each ->
                each.id().equalsIgnoreCase(event.event().id())
                    && each.status() == EventStatus.SCHEDULED);
  }
}
