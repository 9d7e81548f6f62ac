package io.drainwatch.drainer.distant;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventStatus;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ObservationNote.Ack;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An acknowledgement leaves the machine only when the drainer's record lists its event as ackable
 * (kubernetes-drain.md 13). One that may not leave goes back to the core as not sent, so that a
 * cancellation in the meantime is taken for one and not for a maintenance that ran unseen; the core
 * is told as soon as the record allows it, and asks again.
 *
 * <p>Where the machine's own journal cannot be written, none leaves before the note on the Node
 * tells of it, as a request without an answer: whoever goes on from the Node takes the event for
 * one that may have been approved (K74).
 *
 * <p>What the drainer acknowledged from outside, while this watcher was away, is not sent again.
 *
 * <p>Events that are only observed, and rules that say {@code immediately}, wait for nobody.
 */
final class AckGate {
  private static final int NO_ANSWER = 0;

  private AckGate() {}

  static void asked(DistantDraft draft, String eventId, boolean journaled) {
    if (isAcceptedOutside(draft, eventId)) {
      draft.withheld.remove(key(eventId));
      draft.toNote.remove(key(eventId));
      draft.report(
          new Observation.AcknowledgeAnswered(
              eventId, Observation.AcknowledgeAnswered.Answer.ACCEPTED, Optional.empty()));
      return;
    }
    if (journaled) {
      draft.toNote.remove(key(eventId));
    } else {
      draft.toNote.add(key(eventId));
    }
    note(draft, eventId);
    if (isOpen(draft, eventId)) {
      draft.withheld.remove(key(eventId));
      draft.act(new DistantAction.Acknowledge(eventId));
    } else {
      draft.withheld.add(key(eventId));
      draft.report(new Observation.AcknowledgeWithheld(eventId));
    }
  }

  static void advance(DistantDraft draft) {
    draft.toNote.removeIf(key -> draft.episode().flatMap(each -> tracked(each, key)).isEmpty());
    for (String key : draft.withheld.stream().sorted().toList()) {
      Optional<TrackedEvent> tracked = draft.episode().flatMap(each -> tracked(each, key));
      boolean isOver =
          tracked
              .map(each -> each.isGone() || each.event().status() != EventStatus.SCHEDULED)
              .orElse(true);
      if (isOver) {
        draft.withheld.remove(key);
        continue;
      }
      String id = tracked.orElseThrow().event().id();
      note(draft, id);
      if (isOpen(draft, id) || isAcceptedOutside(draft, id)) {
        draft.withheld.remove(key);
        draft.report(new Observation.AcknowledgeAllowed(id));
      }
    }
  }

  // Not before all else allows it, and no longer: whoever reads it takes the event for one that may
  // have been approved, so that pods which appear are no reason any more to drain again.
  private static void note(DistantDraft draft, String eventId) {
    if (!draft.toNote.contains(key(eventId))) {
      return;
    }
    if (!isPermitted(draft, eventId)) {
      draft.acks.removeIf(ack -> ack.id().equalsIgnoreCase(eventId) && ack.status() == NO_ANSWER);
    } else if (!isTold(draft.acks, eventId)) {
      NoteWriting.acknowledged(draft, eventId, NO_ANSWER);
    }
  }

  private static boolean isOpen(DistantDraft draft, String eventId) {
    boolean mayLeave =
        !draft.toNote.contains(key(eventId))
            || draft
                .writing
                .last()
                .filter(written -> isTold(written.note().acks(), eventId))
                .isPresent();
    return mayLeave && isPermitted(draft, eventId);
  }

  private static boolean isPermitted(DistantDraft draft, String eventId) {
    Optional<TrackedEvent> tracked = draft.episode().flatMap(each -> tracked(each, eventId));
    boolean waitsForNobody = tracked.map(each -> !each.isAcknowledgedByDrain()).orElse(false);
    // then the drainer lists as ackable what its record does not call drained
    boolean evenIfFailed =
        tracked
            .filter(each -> each.rule().acknowledge() == AcknowledgeWhen.EVEN_IF_FAILED)
            .isPresent();
    boolean isCordoned = draft.node.map(NodeFacts::unschedulable).orElse(false);
    return waitsForNobody
        || (isCordoned
            && draft.mine().filter(each -> allows(each, eventId, evenIfFailed)).isPresent());
  }

  // The drainer took this watcher for lost, and Azure took its word: nothing more is to be sent.
  private static boolean isAcceptedOutside(DistantDraft draft, String eventId) {
    return DrainersWord.outside(draft).stream()
        .anyMatch(ack -> ack.eventId().equalsIgnoreCase(eventId) && ack.isAccepted());
  }

  private static boolean isTold(List<Ack> acks, String eventId) {
    return acks.stream().anyMatch(ack -> ack.id().equalsIgnoreCase(eventId));
  }

  private static boolean allows(NodeRecord record, String eventId, boolean evenIfFailed) {
    return record.progress().held() == HeldBy.NOTHING
        && record.progress().state().isBefore(MaintenanceState.RUNNING)
        && (evenIfFailed || record.drain().isDrainedFor(eventId))
        && record.drain().ackable().stream().anyMatch(eventId::equalsIgnoreCase);
  }

  private static Optional<TrackedEvent> tracked(Episode episode, String eventId) {
    return episode.events().stream()
        .filter(each -> each.event().id().equalsIgnoreCase(eventId))
        .findFirst();
  }

  private static String key(String eventId) {
    return eventId.toUpperCase(Locale.ROOT);
  }
}
