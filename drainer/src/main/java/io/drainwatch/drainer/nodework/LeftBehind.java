package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodes.NodeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A record that stands on the Node though the core knows of no episode: words crossed each other,
 * as of a Node that was made anew on the way back, or one that leads no more wrote it once more
 * after it was given back (every way). It is found again, as by a process that begins; the core
 * ends it, or goes on with it. Where the record itself says that all is over, who was to clear it
 * away died, and nobody has more to say of it (history 60402).
 */
final class LeftBehind {
  /** No word takes that long. */
  private static final Duration FOUND_AFTER = Duration.ofSeconds(30);

  private LeftBehind() {}

  static void look(NodeDraft draft, Policy policy) {
    NodeState.Return returning = draft.returning;
    if (!isThere(draft)) {
      draft.returning = returning.leftSince(Optional.empty());
    } else if (returning.leftSince().isEmpty()) {
      draft.returning = returning.leftSince(Optional.of(draft.now));
    } else if (!draft.now.isBefore(returning.leftSince().get().plus(FOUND_AFTER))) {
      draft.returning = returning.leftSince(Optional.of(draft.now));
      NodeRecord record = draft.record.orElseThrow();
      if (record.progress().state() == MaintenanceState.UNCORDONED) {
        GivingBack.close(draft);
        return;
      }
      Machine machine = draft.machine.orElseThrow();
      boolean rebooted = !record.machine().bootId().equals(machine.bootId());
      Reading.tellOf(draft, record, rebooted, machine, policy);
    }
  }

  private static boolean isThere(NodeDraft draft) {
    boolean isBeingCleared = draft.orders.closing() || draft.orders.uncordon();
    return draft.episode.isEmpty()
        && draft.record.isPresent()
        && draft.machine.isPresent()
        && draft.settings.writes()
        && !isBeingCleared;
  }

  /** When it is to be looked again. */
  static Optional<Instant> until(NodeState state) {
    return state.returning().leftSince().map(since -> since.plus(FOUND_AFTER));
  }
}
