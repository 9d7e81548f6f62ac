package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.AcknowledgeWhen;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.pods.Round;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an acknowledgement may leave the machine that works on its own Node (I1, item 4): only
 * once the record on the Node calls the event drained, this very process has seen the Node empty,
 * and its view of the pods is fresh. A successor that goes on at Drained asks its own fence first:
 * pods may have come while nobody looked. Who works on other machines' Nodes promises the same of
 * what its record lists as ackable.
 *
 * <p>Events that are only observed, rules that say {@code immediately}, and a drain that failed
 * where the rule acknowledges all the same wait for nobody.
 */
final class Permitting {
  private Permitting() {}

  static void asked(NodeDraft draft, String eventId) {
    draft.permit = draft.permit.without(key(eventId));
    if (isOpen(draft, eventId)) {
      draft.act(new NodeAction.Acknowledge(eventId));
    } else {
      draft.permit = draft.permit.with(key(eventId));
      draft.report(new Observation.AcknowledgeWithheld(eventId));
    }
  }

  static void advance(NodeDraft draft) {
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
                    || each.acknowledgement().mayHaveCounted()
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
   * Whether the POST may have left. The core counts one as soon as it has ordered it; none leaves
   * before the record calls the event drained, or while it is withheld, and a record that called it
   * acknowledged before would keep every successor from sending it.
   */
  static boolean mayHaveLeft(NodeDraft draft, TrackedEvent tracked) {
    String id = tracked.event().id();
    return tracked.acknowledgement().accepted()
        || (tracked.acknowledgement().mayHaveCounted()
            && !draft.permit.withheld().contains(key(id))
            && (waitsForNobody(draft, tracked)
                || draft.record.filter(record -> record.drain().isDrainedFor(id)).isPresent()));
  }

  // Also what others do not allow yet: it may be this Node's own emptiness that they wait for.
  private static boolean isToBeListed(NodeDraft draft) {
    return draft.terms.ackable().isPresent()
        && draft.episode.stream()
            .flatMap(each -> each.events().stream())
            .filter(TrackedEvent::drained)
            .filter(each -> !each.isGone() && !each.acknowledgement().mayHaveCounted())
            .anyMatch(each -> !waitsForNobody(draft, each));
  }

  private static boolean isOpen(NodeDraft draft, String eventId) {
    Optional<TrackedEvent> tracked = tracked(draft, eventId);
    return !draft.lost
        && tracked.isPresent()
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
