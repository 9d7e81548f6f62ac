package io.drainwatch.drainer.nodework;

import static io.drainwatch.drainer.maintenance.MaintenanceState.RUNNING;

import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeMachine;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.nodes.NodeRecord;
import io.drainwatch.drainer.nodes.RecordReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Takes in what the Node looks like, and whose record is on it (kubernetes-drain.md 2). */
final class Reading {
  /** For so long a Node has to be missing. */
  private static final Duration GONE_AFTER = Duration.ofSeconds(10);

  private Reading() {}

  static void take(NodeDraft draft, NodeObservation.NodeRead read, Policy policy) {
    if (read.asked()) {
      Instant askedAt = draft.writes.readAskedAt().orElse(draft.now);
      draft.writes = draft.writes.read();
      boolean isLookedAt =
          !(read.reading() instanceof NodeReading.Unknown) && draft.writes.sent().isEmpty();
      if (isLookedAt) {
        draft.writes = draft.writes.seen(askedAt);
      }
    }
    switch (read.reading()) {
      case NodeReading.Found(NodeFacts node) -> found(draft, node, policy);
      case NodeReading.Gone() -> {
        gone(draft);
        if (read.asked() && isGoneForGood(draft)) {
          draft.report(new Observation.NodeGone());
        }
      }
      case NodeReading.Unknown(String why) -> {
        if (read.asked()) {
          draft.trouble(
              "the Node %s could not be read (%s); asked again in %d s"
                  .formatted(draft.nodeName, why, draft.wentWrong().toSeconds()));
        }
      }
    }
  }

  // One that is made anew at once keeps its episode (item 53).
  private static boolean isGoneForGood(NodeDraft draft) {
    return draft.goneSince.filter(since -> !draft.now.isBefore(since.plus(GONE_AFTER))).isPresent()
        && draft.episode.isPresent()
        && !draft.hasEndedWithTheNode()
        && !draft.isLost();
  }

  /** That it is gone is asked once more before the episode ends; that there is one is said. */
  static void lookWhetherItIsThere(NodeDraft draft) {
    if (isGoneForGood(draft) && !draft.now.isBefore(draft.writes.notBefore())) {
      draft.readNode();
    }
    if (draft.hasEndedWithTheNode() && draft.node.isPresent() && !draft.isNodeGone()) {
      draft.report(replacement(draft));
    }
  }

  /** When it is to be looked again whether the Node is gone for good. */
  static Optional<Instant> goneForGoodAt(NodeState state) {
    return state.episode().filter(each -> !state.hasEndedWithTheNode()).isPresent()
        ? state.goneSince().map(since -> since.plus(GONE_AFTER))
        : Optional.empty();
  }

  /** As soon as it is known which machine this is: the Node may have been read before. */
  static void lookAtFirst(NodeDraft draft, Policy policy) {
    if (!draft.foundLooked && draft.node.isPresent()) {
      draft.machine.ifPresent(machine -> record(draft, draft.node.get(), machine, policy));
    }
  }

  /**
   * What came while a write was under way was left to its answer. Where that does not tell what
   * stands there, and the read after it fails, another's record would be written over unseen: a
   * cordon of ours then counts as a person's (fleet 8480). Not where the Node may be given back by
   * now: what was read before that would say that it is not.
   */
  static void lookAgain(NodeDraft draft, WriteAnswer answer, Policy policy) {
    boolean isTold = answer instanceof WriteAnswer.Done || draft.returning.mayBeDone();
    if (!isTold && draft.foundLooked && draft.node.isPresent()) {
      draft.machine.ifPresent(machine -> record(draft, draft.node.get(), machine, policy));
    }
  }

  // Answers and the watch come on ways of their own: what is older than what is known is no news.
  private static boolean isOlder(NodeFacts read, NodeFacts known) {
    try {
      return read.uid().equals(known.uid())
          && Long.parseLong(read.resourceVersion()) < Long.parseLong(known.resourceVersion());
    } catch (NumberFormatException e) {
      return false; // not to be compared: the conditional writes sort it out
    }
  }

  private static void found(NodeDraft draft, NodeFacts node, Policy policy) {
    if (draft.node.filter(known -> isOlder(node, known)).isPresent()) {
      return;
    }
    boolean isAnother = draft.workedOn.filter(uid -> !uid.equals(node.uid())).isPresent();
    if (isAnother) {
      gone(draft); // recreated under the same name: nothing on it is ours
      replaced(draft);
    }
    draft.node = Optional.of(node);
    draft.goneSince = Optional.empty();
    draft.machine.ifPresent(machine -> record(draft, node, machine, policy));
  }

  private static void record(NodeDraft draft, NodeFacts node, Machine machine, Policy policy) {
    boolean first = !draft.foundLooked;
    if (draft.writes.sent().isPresent() && !first) {
      return; // its answer tells what stands there
    }
    draft.foundLooked = true;
    switch (RecordReading.of(node, machineOf(node, machine))) {
      case RecordReading.Nothing() -> {
        replacedWhileAway(draft, first);
        nothing(draft);
        if (first) {
          takeOver(draft, node, machine, policy);
        }
      }
      case RecordReading.Resume resume ->
          onTheNode(draft, resume.record(), resume.rebooted(), machine, first, policy);
      case RecordReading.Discarded(String why) -> {
        if (first) {
          draft.tellOnce(NodeNotice.CONFIG_ERROR, why);
          draft.trouble(why);
        }
        replacedWhileAway(draft, first);
        nothing(draft);
      }
      case RecordReading.KeptAside(var patch, String why) -> {
        if (draft.record.isPresent()) {
          return; // what is remembered is written over it: nothing of it was lost
        }
        if (first) {
          draft.tellOnce(NodeNotice.CONFIG_ERROR, why);
          draft.trouble(why);
        }
        if (draft.settings.writes()) {
          draft.foundLooked = false; // until it is out of the way
          if (draft.writes.sent().isEmpty() && !draft.now.isBefore(draft.writes.notBefore())) {
            draft.send(new NodeState.Sent.KeptAside(why), new NodeAction.Patch(patch));
          }
        }
      }
    }
  }

  // A record calls drained what the core does: of what is still to be heard nobody was told.
  private static Observation.NodeReplaced replacement(NodeDraft draft) {
    return new Observation.NodeReplaced(
        draft.episode.stream()
            .flatMap(each -> each.events().stream())
            .anyMatch(TrackedEvent::drained));
  }

  // What was done to the Node that was is void: this one is cordoned and emptied like any other.
  private static void replaced(NodeDraft draft) {
    draft.workedOn = Optional.empty();
    draft.permit = draft.permit.seenEmpty(false);
    draft.evicting = Evicting.nothingToDo(draft.evicting, draft.now);
    NodeState.Orders orders = draft.orders;
    draft.orders =
        new NodeState.Orders(
            orders.cordon(), Optional.empty(), false, false, orders.uncordon(), orders.closing());
    if (draft.episode.isPresent()) {
      Observation.NodeReplaced word = replacement(draft);
      draft.report(word);
      // else it would be called drained for a moment, by whoever reads its record
      draft.writes = draft.writes.awaitingCore(word, draft.episode);
    }
  }

  // With a journal and without a record: it was made anew, or somebody took the record away.
  private static void replacedWhileAway(NodeDraft draft, boolean first) {
    boolean wasCordoned =
        draft.episode.filter(each -> each.cordon() == Episode.Step.DONE).isPresent();
    if (first && wasCordoned && draft.settings.writes()) {
      replaced(draft);
    }
  }

  private static void takeOver(NodeDraft draft, NodeFacts node, Machine machine, Policy policy) {
    TakingOver.of(
            node, machine, draft.episode, draft.settings.drainSafe().mode(), policy, draft.now)
        .ifPresent(episode -> draft.report(new Observation.RecordFound(episode)));
  }

  static NodeMachine machineOf(NodeFacts node, Machine machine) {
    return new NodeMachine(node.uid(), machine.vmId(), machine.bootId());
  }

  private static boolean isOurs(NodeDraft draft, NodeRecord record) {
    return record.holder().equals(draft.settings.holder());
  }

  private static void nothing(NodeDraft draft) {
    Optional<NodeRecord> theirs = draft.record.filter(known -> !isOurs(draft, known));
    if (theirs.isPresent()) {
      draft.record = Optional.empty(); // whoever wrote it gave the Node back
      if (draft.episode.filter(each -> !each.state().isBefore(RUNNING)).isPresent()) {
        // and on the way back nothing is owed to it: two that lead would write in turns for ever
        GivingBack.done(draft, theirs.get(), false, draft.episode.map(Episode::id));
      }
    } else if (draft.record.isPresent() && draft.returning.mayBeDone()) {
      // a write whose answer was lost; a record that somebody else took away is written again
      GivingBack.done(draft, draft.record.get(), false, draft.episode.map(Episode::id));
    }
  }

  private static void onTheNode(
      NodeDraft draft,
      NodeRecord found,
      boolean rebooted,
      Machine machine,
      boolean first,
      Policy policy) {
    boolean isOurs = isOurs(draft, found);
    if (Yielding.isDue(draft, found)) {
      Yielding.to(draft, found);
      return;
    }
    draft.record = Optional.of(found);
    draft.returning = draft.returning.unclear(false);
    if (draft.evicting.cordonedAt().isEmpty() && found.prior().isPresent()) {
      // when it was made is not known: as late as possible, so that the settling counts whole
      draft.evicting =
          new NodeState.Evicting(
              draft.evicting.watching(),
              Optional.of(draft.now),
              draft.evicting.told(),
              draft.evicting.seen(),
              draft.evicting.evictionKnown(),
              draft.evicting.state());
    }
    if (!first && isOurs && draft.episode.isEmpty() && isLetGo(draft, found)) {
      GivingBack.close(draft);
    }
    if (first) {
      tellOf(draft, found, rebooted, machine, policy);
    }
  }

  static void tellOf(
      NodeDraft draft, NodeRecord found, boolean rebooted, Machine machine, Policy policy) {
    Episode episode =
        EpisodeOfRecord.of(
            found, machine, rebooted, Permitting.mayHaveLeft(draft, found), policy, draft.now);
    draft.report(new Observation.RecordFound(episode));
  }

  // A write without an answer may be carried out long after it was given up (history 7025).
  private static boolean isLetGo(NodeDraft draft, NodeRecord found) {
    Optional<Instant> stamp = found.progress().milestones().stamp();
    return stamp.isPresent() && stamp.equals(draft.returning.letGo());
  }

  private static void gone(NodeDraft draft) {
    draft.node = Optional.empty();
    if (!draft.isNodeGone()) {
      draft.goneSince = Optional.of(draft.now);
      draft.act(new NodeAction.CancelRequests());
      draft.trouble("the Node " + draft.nodeName + " is gone: nothing is left to be done on it");
    }
    draft.record = Optional.empty();
    draft.fence = NodeState.Fence.NONE;
    GivingBack.nothingToGiveBack(draft);
  }
}
