package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.Acknowledgement;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.drainer.nodes.Phase;
import io.drainwatch.drainer.pods.Round;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether an acknowledgement may leave the machine that works on its own Node (I1, item 4): only
 * once the record on the Node calls the event drained, this very process has seen the Node empty,
 * and its view of the pods is fresh. A successor that goes on at Drained asks its own fence first:
 * pods may have come while nobody looked. Who works on other machines' Nodes promises the same of
 * what its record lists as ackable.
 *
 * <p>Where the machine's own journal cannot be written, none leaves before the record on the Node
 * tells of it: by phase {@code acknowledged} of an event that is drained, else by {@code ackable}.
 * Who finds that record takes the event for one that may have been approved (K74).
 *
 * <p>Events that are only observed, rules that say {@code immediately}, and a drain that failed
 * where the rule acknowledges all the same wait for nobody.
 */
final class Permitting {
  private Permitting() {}

  /**
   * @param journaled a journal of this machine tells of it
   */
  static void asked(NodeDraft draft, String eventId, boolean journaled) {
    draft.permit = draft.permit.without(key(eventId));
    if (!journaled) {
      draft.permit = draft.permit.noting(key(eventId));
    }
    if (isOpen(draft, eventId)) {
      draft.act(new NodeAction.Acknowledge(eventId));
    } else {
      draft.permit = draft.permit.with(key(eventId));
      draft.report(new Observation.AcknowledgeWithheld(eventId));
    }
  }

  static void advance(NodeDraft draft) {
    draft.permit =
        draft.permit.notingOnly(
            draft.episode.stream()
                .flatMap(each -> each.events().stream())
                .map(each -> each.event().key())
                .toList());
    for (String key : draft.permit.withheld().stream().sorted().toList()) {
      Optional<TrackedEvent> tracked = tracked(draft, key);
      if (tracked.isEmpty() || tracked.get().isGone()) {
        draft.permit = draft.permit.without(key);
      } else if (isOpen(draft, key)) {
        draft.permit = draft.permit.without(key);
        draft.report(new Observation.AcknowledgeAllowed(tracked.get().event().id()));
      }
    }
  }

  /**
   * Ids of the events that others allow and that a record in this process's name may list. What was
   * listed stays so while the view is old: the watcher may be sending it.
   */
  static List<String> ackable(NodeDraft draft, Episode episode, Set<String> allowed) {
    boolean isSeenEmpty = draft.permit.seenEmpty() && isStillEmpty(draft);
    return episode.events().stream()
        .filter(each -> allowed.contains(each.event().id()))
        .filter(
            each ->
                waitsForNobody(draft, each)
                    || each.acknowledgement().accepted()
                    || isSeenEmpty
                    || (draft.permit.seenEmpty() && isListedByUs(draft, each.event().id())))
        .map(each -> each.event().id())
        .toList();
  }

  private static boolean isListedByUs(NodeDraft draft, String eventId) {
    return draft
        .record
        .filter(known -> known.holder().equals(draft.settings.holder()))
        .filter(known -> known.drain().ackable().stream().anyMatch(eventId::equalsIgnoreCase))
        .isPresent();
  }

  /** An acknowledgement waits, and nobody else would ask for the fence any more. */
  static boolean waitsForAFence(NodeDraft draft) {
    return !draft.permit.seenEmpty()
        && (!draft.permit.withheld().isEmpty() || isToBeListed(draft))
        && draft
            .episode
            .filter(each -> each.evictions() == Episode.Step.DONE)
            .filter(each -> each.state().isBefore(MaintenanceState.RUNNING))
            .filter(each -> !each.cancelled() && each.held().isEmpty())
            .isPresent();
  }

  /**
   * Whether the POST may have left, as the record says it: {@code acknowledged} keeps a successor
   * from taking what vanishes for cancelled. The core counts one as soon as it has ordered it; none
   * leaves before the record calls the event drained, or while it is withheld, and a first one that
   * is not answered yet may not even be confirmed (so it went to and fro with each try while the
   * metadata service was away). Where no journal knows of that one the record has to.
   */
  static boolean mayHaveLeft(NodeDraft draft, TrackedEvent tracked) {
    Acknowledgement sofar = tracked.acknowledgement();
    String key = tracked.event().key();
    boolean isAnswered = sofar.tries() > (sofar.inFlight() ? 1 : 0);
    return sofar.accepted()
        || (((isAnswered && !draft.permit.withheld().contains(key))
                || draft.permit.toNote().contains(key))
            && (waitsForNobody(draft, tracked)
                || draft
                    .record
                    .filter(record -> record.drain().isDrainedFor(tracked.event().id()))
                    .isPresent()));
  }

  /** Ids that the record of a machine that works on its own Node lists as ackable. */
  static List<String> ownAckable(NodeDraft draft, Episode episode) {
    return episode.events().stream()
        .filter(
            each ->
                each.drained()
                    || (draft.permit.toNote().contains(each.event().key())
                        && waitsForNobody(draft, each)))
        .map(each -> each.event().id())
        .toList();
  }

  /**
   * By a record that was found, of an event's id: what it lists as ackable without a drain was
   * about to be sent, where each machine works on its own Node. Elsewhere the list is the
   * drainer's. What it sent from outside stands beside the record.
   */
  static Predicate<String> mayHaveLeft(NodeDraft draft, NodeRecord found) {
    boolean isOwn = draft.terms.ackable().isEmpty();
    List<OutsideAck> outside = outside(draft, Optional.of(found));
    return id ->
        (isOwn && !found.drain().isDrainedFor(id) && tellsOf(found, id))
            || outside.stream()
                .anyMatch(each -> each.eventId().equalsIgnoreCase(id) && each.mayHaveCounted());
  }

  private static boolean isNotedIfItMustBe(NodeDraft draft, TrackedEvent tracked) {
    return !draft.permit.toNote().contains(tracked.event().key())
        || draft
            .record
            .filter(record -> record.holder().equals(draft.settings.holder()))
            .filter(record -> tellsOf(record, tracked.event().id()))
            .isPresent();
  }

  private static boolean tellsOf(NodeRecord record, String eventId) {
    return record.drain().isDrainedFor(eventId)
        ? record.progress().phase() == Phase.ACKNOWLEDGED
        : record.drain().ackable().stream().anyMatch(eventId::equalsIgnoreCase);
  }

  // Also what others do not allow yet: it may be this Node's own emptiness that they wait for. And
  // what was sent and not answered: it may be sent again.
  private static boolean isToBeListed(NodeDraft draft) {
    return draft.terms.ackable().isPresent()
        && draft.episode.stream()
            .flatMap(each -> each.events().stream())
            .filter(TrackedEvent::drained)
            .filter(each -> !each.isGone())
            .filter(each -> !each.acknowledgement().accepted())
            .anyMatch(each -> !waitsForNobody(draft, each));
  }

  private static List<OutsideAck> outside(NodeDraft draft, Optional<NodeRecord> record) {
    return record
        .flatMap(known -> draft.node.map(node -> OutsideAcks.told(node, known)))
        .orElse(List.of());
  }

  private static boolean isOpen(NodeDraft draft, String eventId) {
    Optional<TrackedEvent> tracked = tracked(draft, eventId);
    return !draft.isLost()
        && tracked.isPresent()
        && isNotedIfItMustBe(draft, tracked.get())
        && (waitsForNobody(draft, tracked.get())
            || (draft.permit.seenEmpty()
                && draft.isCordoned()
                && draft.record.filter(record -> saysDrained(record, eventId)).isPresent()
                && isStillEmpty(draft)));
  }

  private static boolean waitsForNobody(NodeDraft draft, TrackedEvent tracked) {
    boolean goesAheadAfterAFailure =
        tracked.rule().acknowledge() == AcknowledgeWhen.EVEN_IF_FAILED
            && draft
                .episode
                .filter(each -> each.drain().outcome() == DrainResult.Outcome.FAILED)
                .isPresent();
    return !tracked.isAcknowledgedByDrain() || goesAheadAfterAFailure;
  }

  private static boolean saysDrained(NodeRecord record, String eventId) {
    return record.progress().held() == HeldBy.NOTHING
        && record.progress().state().isBefore(MaintenanceState.RUNNING)
        && record.drain().isDrainedFor(eventId);
  }

  /** Seen empty, and nothing else is seen at this moment, of a Node that can tell. */
  static boolean isEmptyNow(NodeDraft draft) {
    return draft.permit.seenEmpty()
        // of one that is cut off, pods that run are taken for gone
        && draft.node.filter(node -> node.readiness().ready()).isPresent()
        && isStillEmpty(draft);
  }

  private static boolean isStillEmpty(NodeDraft draft) {
    return draft
        .evicting
        .seen()
        .filter(seen -> seen.view().isFreshAt(draft.now))
        .filter(
            seen ->
                Judging.round(draft, seen.view(), seen.serverAhead()).emptiness()
                    == Round.Emptiness.EMPTY)
        .isPresent();
  }

  private static Optional<TrackedEvent> tracked(NodeDraft draft, String eventId) {
    return draft.episode.stream()
        .flatMap(each -> each.events().stream())
        .filter(each -> each.event().id().equalsIgnoreCase(eventId))
        .findFirst();
  }

  private static String key(String eventId) {
    return eventId.toUpperCase(Locale.ROOT);
  }
}
