package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.nodes.ReadyWatch;
import io.drainwatch.drainer.pods.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Moves what is counted from our own clock when that clock is set (K47): waits, ages, the settling,
 * the pace of the evictions. Deadlines are the core's to move; what stands on the Node stays.
 */
final class ClockShift {
  private ClockShift() {}

  static void by(NodeDraft draft, Duration by) {
    Writes writes = draft.writes;
    draft.writes =
        new Writes(
            writes.sent(),
            shifted(writes.readAskedAt(), by),
            writes.failures(),
            shifted(writes.notBefore(), by),
            writes.unheard(),
            shifted(writes.unclearSince(), by));
    NodeState.Evicting evicting = draft.evicting;
    draft.evicting =
        new NodeState.Evicting(
            evicting.watching(),
            shifted(evicting.cordonedAt(), by),
            evicting.told(),
            evicting.seen().map(seen -> shifted(seen, by)),
            evicting.evictionKnown(),
            evicting.state().shifted(by));
    // what was read for the fence is read again
    draft.fence = draft.fence.anew(shifted(draft.fence.notBefore(), by));
    Detaching.clockStepped(draft, by);
    draft.preflight =
        new NodeState.Preflight(
            draft.preflight.listing(),
            draft.preflight.trying(),
            draft.preflight.held(),
            draft.preflight.causes(),
            shifted(draft.preflight.notBefore(), by));
    ReadyWatch ready = draft.returning.ready();
    draft.returning =
        draft.returning.with(new ReadyWatch(shifted(ready.since(), by), ready.seen()));
    draft.returning = draft.returning.leftSince(shifted(draft.returning.leftSince(), by));
    draft.look = draft.look.shifted(by);
    draft.goneSince = shifted(draft.goneSince, by);
    draft.lostAt = shifted(draft.lostAt, by);
    draft.conditionsWrittenAt = shifted(draft.conditionsWrittenAt, by);
  }

  private static PodsSeen shifted(PodsSeen seen, Duration by) {
    return new PodsSeen(
        new PodView(seen.view().pods(), shifted(seen.view().completeAt(), by)),
        seen.serverAhead().minus(by),
        seen.disagreements());
  }

  private static Optional<Instant> shifted(Optional<Instant> moment, Duration by) {
    return moment.map(at -> shifted(at, by));
  }

  private static Instant shifted(Instant moment, Duration by) {
    return moment.equals(Instant.MIN) || moment.equals(Instant.MAX) ? moment : moment.plus(by);
  }
}
