package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.Cause;
import io.drainwatch.drainer.nodes.ConditionStep;
import io.drainwatch.drainer.nodes.Conditions;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodes.MarkSettings;
import io.drainwatch.drainer.nodes.MarkStep;
import io.drainwatch.drainer.nodes.Marking;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeKeys;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.NodeRecordJson;
import io.drainwatch.drainer.nodes.RecordPatches;
import io.drainwatch.drainer.nodework.NodeState.Mark;
import io.drainwatch.drainer.nodework.NodeState.Sent;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is written on the Node next, one write at a time: the record with the cordon, the other
 * marks, the record alone, the conditions; or, on the way back, what gives the Node back.
 */
final class Writing {
  private Writing() {}

  static void advance(NodeDraft draft) {
    answerWhatNobodyNeeds(draft);
    if (draft.writes.sent().isPresent()
        || draft.writes.readAskedAt().isPresent()
        || draft.now.isBefore(draft.writes.notBefore())
        || draft.writes.awaitsCore()
        || draft.isNodeGone()
        || draft.machine.isEmpty()) {
      return;
    }
    if (draft.node.isEmpty() || !draft.foundLooked) {
      draft.readNode();
      return;
    }
    boolean isUnclear = draft.writes.areUnclear();
    if (isUnclear) {
      draft.readNode();
    }
    NodeFacts node = draft.node.get();
    if (draft.orders.uncordon() || draft.orders.closing()) {
      GivingBack.advance(draft, node);
    }
    boolean mustBeReadFirst = draft.writes.readAskedAt().isPresent() && !isUnclear;
    if (draft.writes.sent().isPresent() || mustBeReadFirst) {
      return;
    }
    // also while the Node is not Ready yet: people see why it is still cordoned
    if (draft.episode.isPresent() && !isGivenBack(draft) && !draft.hasEndedWithTheNode()) {
      forEpisode(draft, node, draft.machine.get(), draft.episode.get());
    } else {
      GivingBack.clearConditions(draft, node);
    }
  }

  // A cordon that was asked for and not made is not made any more once it is too late for it; the
  // core waits for its answer all the same. Likewise an uncordon of a Node that is gone.
  private static void answerWhatNobodyNeeds(NodeDraft draft) {
    boolean isTooLate =
        draft
            .episode
            .map(each -> each.cancelled() || !each.state().isBefore(MaintenanceState.RUNNING))
            .orElse(false);
    // one that stands from before, by the record of whoever was here then, is to be undone
    boolean standsAsOurs =
        draft.record.filter(each -> each.prior().isPresent() && each.did().cordon()).isPresent();
    boolean mayCordonYet =
        !draft.isNodeGone()
            && (draft.writes.sent().isPresent() || (draft.writes.areUnclear() && !standsAsOurs));
    if (draft.orders.cordon() && isTooLate && !mayCordonYet) {
      draft.orders = withoutCordon(draft.orders);
      draft.report(new Observation.CordonDone(standsAsOurs));
    }
    if (draft.isNodeGone() && (draft.orders.uncordon() || draft.orders.closing())) {
      GivingBack.nothingToGiveBack(draft);
    }
  }

  private static NodeState.Orders withoutCordon(NodeState.Orders orders) {
    return new NodeState.Orders(
        false,
        orders.evict(),
        orders.stopped(),
        orders.ended(),
        orders.uncordon(),
        orders.closing());
  }

  // The core still has hooks to run; the Node is not its any more.
  private static boolean isGivenBack(NodeDraft draft) {
    return draft.returning.gaveBack().isPresent()
        && draft.returning.gaveBack().equals(draft.episode.map(Episode::id));
  }

  private static void forEpisode(
      NodeDraft draft, NodeFacts node, Machine machine, Episode episode) {
    NodeRecord wanted = RecordOfEpisode.of(draft, node, machine, episode);
    if (marks(draft, node, wanted, episode)) {
      return;
    }
    if (!isOnNode(node, wanted)) {
      draft.send(
          new Sent.Record(wanted, Mark.NONE, false),
          new NodeAction.Patch(
              DrainSafe.beside(RecordPatches.write(node, wanted), wanted, draft, episode)));
      return;
    }
    conditions(draft, node, wanted, episode);
  }

  // By the text, because what is too long for an annotation is cut as it is written.
  private static boolean isOnNode(NodeFacts node, NodeRecord record) {
    return NodeRecordJson.write(record).equals(node.annotations().get(NodeKeys.RECORD))
        && record.progress().state().word().equals(node.annotations().get(NodeKeys.STATE));
  }

  /** Whether something was sent, or has to be read first. */
  private static boolean marks(
      NodeDraft draft, NodeFacts node, NodeRecord wanted, Episode episode) {
    boolean stands =
        wanted.prior().isPresent()
            && episode.state().isBefore(MaintenanceState.MAINTENANCE_STARTED);
    boolean isTooLate = episode.cancelled() || !episode.state().isBefore(MaintenanceState.RUNNING);
    boolean isWanted =
        draft.settings.mode().acts() && !isTooLate && (draft.orders.cordon() || stands);
    if (!isWanted || episode.held().isPresent()) {
      return false;
    }
    if (isHeldOnNode(draft, wanted)) {
      // a process that had to begin anew: the record knows better than its core
      draft.report(new Observation.ForeignUncordon(episode.id()));
      if (draft.orders.cordon()) {
        // also where it is too late to hold: asked for once more it would be told for ever (7324)
        draft.orders = withoutCordon(draft.orders);
        draft.report(new Observation.CordonDone(false));
      }
      return true;
    }
    return switch (Marking.next(draft.node, wanted, draft.marks)) {
      case MarkStep.Send send -> {
        Mark mark = markOf(wanted, send.record());
        draft.send(
            new Sent.Record(send.record(), mark, send.foreignCordon()),
            new NodeAction.Patch(DrainSafe.beside(send.patch(), send.record(), draft, episode)));
        yield true;
      }
      case MarkStep.Done() -> {
        cordonStands(draft, wanted);
        yield false;
      }
      case MarkStep.Uncordoned() -> uncordonedByOthers(draft, node, wanted, episode);
      case MarkStep.NodeGone() -> {
        draft.readNode();
        yield true;
      }
    };
  }

  private static boolean isHeldOnNode(NodeDraft draft, NodeRecord wanted) {
    return draft
        .record
        .filter(known -> known.episode().equals(wanted.episode()))
        .filter(known -> known.progress().held() == HeldBy.FOREIGN_UNCORDON)
        .isPresent();
  }

  private static Mark markOf(NodeRecord before, NodeRecord after) {
    if (before.prior().isEmpty() && after.prior().isPresent()) {
      return Mark.CORDON;
    }
    if (!before.did().taint().equals(after.did().taint())) {
      return Mark.TAINT;
    }
    return before.did().lbLabel() == after.did().lbLabel() ? Mark.HOLD : Mark.LB_LABEL;
  }

  private static void cordonStands(NodeDraft draft, NodeRecord record) {
    if (draft.evicting.cordonedAt().isEmpty()) {
      draft.evicting = Evicting.cordonedAt(draft.evicting, draft.now);
    }
    if (draft.orders.cordon()) {
      draft.orders = withoutCordon(draft.orders);
      draft.report(new Observation.CordonDone(record.did().cordon()));
    }
  }

  private static boolean uncordonedByOthers(
      NodeDraft draft, NodeFacts node, NodeRecord record, Episode episode) {
    NodeRecord after = draft.settings.onForeignUncordon().answer(record, draft.now);
    boolean cordonsAgain = after.progress().held() == record.progress().held();
    if (!cordonsAgain) {
      draft.uncordonedUnder = draft.record;
      draft.permit = draft.permit.seenEmpty(false);
      draft.report(new Observation.ForeignUncordon(episode.id()));
      return true; // the core says what follows
    }
    // pods may have come in between: for the core nothing is drained before the fence says so again
    draft.permit = draft.permit.seenEmpty(false);
    draft.report(new Observation.PodsAppeared(List.of("uncordoned for a while")));
    NodeState.Orders orders = draft.orders;
    draft.orders =
        new NodeState.Orders(
            true, orders.evict(), orders.stopped(), orders.ended(), orders.uncordon(), false);
    draft.send(
        new Sent.Record(after, Mark.NONE, false),
        new NodeAction.Patch(RecordPatches.write(node, after)));
    return true;
  }

  private static void conditions(
      NodeDraft draft, NodeFacts node, NodeRecord record, Episode episode) {
    if (!draft.settings.conditions()) {
      return;
    }
    List<Cause> causes = Causes.of(draft);
    switch (Conditions.next(
        node, record, episode.cancelled(), causes, draft.conditionsWrittenAt, draft.now)) {
      case ConditionStep.Nothing() -> {}
      case ConditionStep.Later later -> {}
      case ConditionStep.Send(var patch) ->
          draft.send(new Sent.Conditions(), new NodeAction.PatchConditions(patch));
    }
  }

  static void answered(NodeDraft draft, WriteAnswer answer) {
    Optional<Sent> sent = draft.writes.sent();
    draft.writes = draft.writes.answered();
    if (sent.isEmpty()) {
      return;
    }
    switch (answer) {
      case WriteAnswer.Done(NodeFacts node) -> {
        draft.node = Optional.of(node);
        draft.wentThrough();
        draft.writes = draft.writes.seen(draft.now); // whatever came before meets a conflict now
        done(draft, sent.get());
      }
      case WriteAnswer.Conflict() -> metAnother(draft, sent.get());
      // that it is gone is what the read says; if that finds it, this must not go round and round
      case WriteAnswer.Gone() -> metAnother(draft, sent.get());
      case WriteAnswer.Refused(int status, String why) -> refused(draft, sent.get(), status, why);
      case WriteAnswer.Unclear(String why) -> {
        if (isOfConditions(sent.get())) {
          conditionsFailed(draft, sent.get());
          draft.readNode();
          return; // nothing waits for them
        }
        draft.returning = draft.returning.unclear(sent.get() instanceof Sent.GivenBack);
        draft.writes = draft.writes.unclear(draft.now);
        draft.trouble(
            "%s on the Node %s: no clear answer (%s); read and tried again in %d s"
                .formatted(what(sent.get()), draft.nodeName, why, draft.wentWrong().toSeconds()));
        draft.readNode();
      }
    }
  }

  // Conditions have a pace of their own, and what the drain waits for does not wait for them.
  private static void metAnother(NodeDraft draft, Sent sent) {
    if (isOfConditions(sent)) {
      conditionsFailed(draft, sent);
    } else {
      draft.conflicted();
    }
    draft.readNode();
  }

  // Once the Node was given back nothing but the clearing is left to wait.
  private static void conditionsFailed(NodeDraft draft, Sent sent) {
    draft.conditionsWrittenAt = Optional.of(draft.now); // tried again as often as a change is
    if (sent instanceof Sent.Cleared) {
      draft.wentWrong();
    }
  }

  private static void done(NodeDraft draft, Sent sent) {
    switch (sent) {
      case Sent.Record(NodeRecord after, Mark mark, boolean foreignCordon) -> {
        if (draft.uncordonedUnder.isPresent() && draft.uncordonedUnder.equals(draft.record)) {
          draft.uncordonedUnder = Optional.of(after); // it says no more of the cordon than that one
        }
        draft.record = Optional.of(after);
        if (draft.episode.isEmpty()) {
          // the core let the episode go while this was under way: it must not stay behind
          GivingBack.close(draft);
        }
        if (mark == Mark.CORDON) {
          draft.evicting = Evicting.cordonedAt(draft.evicting, draft.now);
          draft.tellOnce(foreignCordon ? NodeNotice.FOREIGN_CORDON_KEPT : NodeNotice.CORDONED, "");
          cordonStands(draft, after);
        }
      }
      case Sent.KeptAside(String why) -> {
        draft.record = Optional.empty();
        draft.foundLooked = true;
      }
      case Sent.GivenBack(NodeRecord before, boolean uncordoned, Optional<String> episode) ->
          GivingBack.done(draft, before, uncordoned, episode);
      case Sent.Conditions() -> draft.conditionsWrittenAt = Optional.of(draft.now);
      case Sent.Cleared() -> draft.returning = draft.returning.cleared();
    }
  }

  private static void refused(NodeDraft draft, Sent sent, int status, String why) {
    if (sent instanceof Sent.Record(NodeRecord after, Mark mark, boolean foreign)
        && mark != Mark.NONE
        && mark != Mark.CORDON) {
      draft.marks = without(draft.marks, mark);
      draft.trouble(
          "%s on the Node %s was refused (%d: %s); the maintenance goes on without it"
              .formatted(what(sent), draft.nodeName, status, why));
      return;
    }
    if (isOfConditions(sent)) {
      conditionsFailed(draft, sent);
    }
    String next =
        isOfConditions(sent)
            ? "the drain does not wait for it"
            : "tried again in " + draft.wentWrong().toSeconds() + " s";
    draft.trouble(
        "%s on the Node %s was refused (%d: %s); %s"
            .formatted(what(sent), draft.nodeName, status, why, next));
  }

  private static boolean isOfConditions(Sent sent) {
    return sent instanceof Sent.Conditions || sent instanceof Sent.Cleared;
  }

  private static MarkSettings without(MarkSettings marks, Mark mark) {
    return switch (mark) {
      case TAINT -> new MarkSettings(false, marks.lbLabel(), marks.holds());
      case LB_LABEL -> new MarkSettings(marks.taint(), false, marks.holds());
      case HOLD -> new MarkSettings(marks.taint(), marks.lbLabel(), Set.of());
      case NONE, CORDON -> marks;
    };
  }

  private static String what(Sent sent) {
    return switch (sent) {
      case Sent.Record record ->
          switch (record.mark()) {
            case NONE -> "writing the record";
            case CORDON -> "the cordon";
            case TAINT -> "the taint";
            case LB_LABEL -> "the load balancer label";
            case HOLD -> "the autoscaler hold";
          };
      case Sent.KeptAside kept -> "keeping an unreadable record aside";
      case Sent.GivenBack back -> "giving back";
      case Sent.Conditions() -> "writing conditions";
      case Sent.Cleared() -> "clearing conditions";
    };
  }
}
