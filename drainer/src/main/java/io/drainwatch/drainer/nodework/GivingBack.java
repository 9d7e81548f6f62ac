package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventKind;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.Conditions;
import io.drainwatch.drainer.nodes.LastMaintenance;
import io.drainwatch.drainer.nodes.NodeEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.ReadyWatch;
import io.drainwatch.drainer.nodes.Restoring;
import io.drainwatch.drainer.nodes.ReturnQuestion;
import io.drainwatch.drainer.nodes.ReturnStep;
import io.drainwatch.drainer.nodes.Returning;
import io.drainwatch.drainer.nodework.NodeState.Orders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives the Node back (kubernetes-drain.md 14): once it is Ready and stays so, one patch undoes
 * what the record names; then our conditions go, and the core is told. Never gives up.
 */
final class GivingBack {
  private GivingBack() {}

  static void advance(NodeDraft draft, NodeFacts node) {
    if (draft.record.isEmpty()) {
      if (draft.writes.areUnclear()) {
        draft.readNode(); // whether ours stands there decides whether there is anything to undo
      } else {
        nothingToGiveBack(draft);
      }
      return;
    }
    NodeRecord record = draft.record.get();
    // what is closed without an uncordon had none to undo
    boolean isTouched = record.prior().isPresent();
    if (draft.orders.uncordon() && isTouched && !mayGo(draft, record)) {
      return;
    }
    LastMaintenance.Ending ending =
        draft.episode.map(Episode::cancelled).orElse(record.progress().milestones().cancelled())
            ? LastMaintenance.Ending.CANCELLED
            : LastMaintenance.Ending.RETURNED;
    LastMaintenance summary = LastMaintenance.of(served(draft, record), ending, draft.now);
    switch (Restoring.plan(draft.node, record, summary)) {
      case Restoring.Send send ->
          draft.send(
              new NodeState.Sent.GivenBack(
                  record,
                  send.cordon() == Restoring.CordonAfter.UNDONE,
                  draft.episode.map(Episode::id)),
              new NodeAction.Patch(DrainSafe.atRest(send.patch(), draft)));
      case Restoring.NodeGone() -> draft.readNode();
    }
  }

  // One that only waited for its time was not served: it begins an episode of its own.
  private static NodeRecord served(NodeDraft draft, NodeRecord record) {
    Set<String> waiting =
        draft.episode.stream()
            .flatMap(each -> each.events().stream())
            .filter(each -> !each.isGone() && !each.active())
            .map(each -> each.event().key())
            .collect(Collectors.toSet());
    List<NodeEvent> served =
        record.events().stream()
            .filter(each -> !waiting.contains(each.id().toUpperCase(Locale.ROOT)))
            .toList();
    return served.isEmpty() ? record : record.withEvents(served);
  }

  private static boolean mayGo(NodeDraft draft, NodeRecord record) {
    ReturnQuestion question = question(draft, record);
    ReadyWatch ready = draft.returning.ready().next(question, draft.now);
    draft.returning = draft.returning.with(ready);
    return switch (Returning.toUncordoned(question, ready, draft.settings.returning(), draft.now)) {
      case ReturnStep.Go go -> true;
      case ReturnStep.Wait(var why, boolean alert) -> {
        if (alert) {
          String reasons = String.join("; ", why);
          if (draft.tellOnce(NodeNotice.UNCORDON_DEFERRED, reasons)) {
            draft.act(new NodeAction.Note(new NodeNote.Deferred(NodeNote.bounded(reasons))));
          }
        }
        yield false;
      }
      case ReturnStep.NodeGone() -> {
        draft.readNode();
        yield false;
      }
    };
  }

  // That the events are over is the core's to say: it asked for the uncordon.
  private static ReturnQuestion question(NodeDraft draft, NodeRecord record) {
    Optional<Episode> episode = draft.episode;
    boolean mayHaveHappened =
        episode
            .map(
                each ->
                    each.rebooted()
                        || each.events().stream()
                            .anyMatch(
                                event ->
                                    event.hasStarted() || event.acknowledgement().mayHaveCounted()))
            .orElse(true);
    boolean reboots =
        episode.map(each -> each.acting().stream().anyMatch(GivingBack::reboots)).orElse(true);
    return new ReturnQuestion(
        draft.node,
        record,
        draft.machine.map(Machine::bootId),
        true,
        mayHaveHappened,
        reboots,
        true);
  }

  private static boolean reboots(TrackedEvent event) {
    return event.event().kind() != EventKind.FREEZE;
  }

  /** The patch is through, or its effect was found on the Node. */
  static void done(
      NodeDraft draft, NodeRecord before, boolean uncordoned, Optional<String> episode) {
    draft.record = Optional.empty();
    draft.evicting = Evicting.nothingToDo(draft.evicting, draft.now);
    draft.returning =
        new NodeState.Return(
            ReadyWatch.NOT_READY,
            Optional.of(before),
            episode,
            false,
            Optional.empty(),
            Optional.empty());
    if (uncordoned) {
      draft.tellOnce(NodeNotice.UNCORDONED, "");
    }
    nothingToGiveBack(draft);
  }

  /** The core has let the episode go, and what is on the Node must not stay behind. */
  static void close(NodeDraft draft) {
    Orders orders = draft.orders;
    draft.orders =
        new Orders(
            false, orders.evict(), orders.stopped(), orders.ended(), orders.uncordon(), true);
  }

  static void nothingToGiveBack(NodeDraft draft) {
    boolean asked = draft.orders.uncordon();
    draft.orders =
        new Orders(
            draft.orders.cordon(),
            draft.orders.evict(),
            draft.orders.stopped(),
            draft.orders.ended(),
            false,
            false);
    if (asked) {
      draft.report(new Observation.UncordonDone());
    }
  }

  static void clearConditions(NodeDraft draft, NodeFacts node) {
    Optional<NodeRecord> record = draft.returning.toClear();
    boolean isTooSoon =
        draft
            .conditionsWrittenAt
            .filter(at -> !at.isAfter(draft.now))
            .filter(at -> draft.now.isBefore(at.plus(Conditions.PACE)))
            .isPresent();
    if (record.isEmpty() || (isTooSoon && draft.writes.failures() > 0)) {
      return;
    }
    Conditions.clear(node, record.get(), draft.now)
        .ifPresentOrElse(
            patch ->
                draft.send(new NodeState.Sent.Cleared(), new NodeAction.PatchConditions(patch)),
            () -> draft.returning = draft.returning.cleared());
  }
}
