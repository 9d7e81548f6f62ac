package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.nodes.NodeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Of two processes on one Node the one whose record was written over yields (kubernetes-drain.md 2,
 * rule 6; K75), also where the other one's is of another episode, begun by an event that it heard
 * of first (history 100834).
 *
 * <p>An agent yields for the whole episode: who replaced it on its Node is started anew by the
 * kubelet. Where a Lease decides, the other one could only take over once it had seen ours run out,
 * and then our term ends too. But it may have been our predecessor, whose last write came late: who
 * leads still when no Lease of that time can be left takes the Node up again, or nobody would.
 */
final class Yielding {
  /** Longer than a Lease lasts. */
  private static final Duration TO_A_SUCCESSOR = Duration.ofSeconds(30);

  private Yielding() {}

  /** Whether the record was ours and is somebody else's now, or was when it was looked at last. */
  static boolean isDue(NodeDraft draft, NodeRecord found) {
    String ours = draft.settings.holder();
    boolean isOurs = found.holder().equals(ours);
    boolean wasOurs = draft.record.filter(known -> known.holder().equals(ours)).isPresent();
    return draft.isLost() || (!isOurs && wasOurs);
  }

  static void to(NodeDraft draft, NodeRecord found) {
    if (!draft.isLost()) {
      draft.act(new NodeAction.CancelRequests());
      draft.act(new NodeAction.Note(new NodeNote.TakenOver(found.holder())));
    }
    if (!draft.record.equals(Optional.of(found))) {
      draft.lostAt = Optional.of(draft.now); // somebody is at work
      draft.record = Optional.of(found); // and what was done is owed by whoever goes on
    }
  }

  /** Where a Lease decides, it is still the other one's turn. */
  static void nextEpisode(NodeDraft draft) {
    draft.lostAt = draft.lostAt.filter(at -> goesByALease(draft.terms));
  }

  private static boolean goesByALease(NodeTerms terms) {
    return terms.ackable().isPresent();
  }

  static void takeUpAgain(NodeDraft draft) {
    boolean isDue =
        draft.lostAt.filter(at -> !draft.now.isBefore(at.plus(TO_A_SUCCESSOR))).isPresent()
            && goesByALease(draft.terms);
    if (isDue) {
      draft.lostAt = Optional.empty();
      draft.permit = draft.permit.seenEmpty(false);
      draft.fence = draft.fence.anew(draft.now);
      draft.trouble(
          "the record on the Node %s was written by another process, but this one leads still: it goes on"
              .formatted(draft.nodeName));
    }
  }

  /** When it may be. */
  static Optional<Instant> until(NodeState state) {
    return goesByALease(state.terms())
        ? state.lostAt().map(at -> at.plus(TO_A_SUCCESSOR))
        : Optional.empty();
  }
}
