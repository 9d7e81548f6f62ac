package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodeNotice;
import io.drainwatch.drainer.nodes.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A Node that does not come back: its VM is asked after, where somebody can tell.
 *
 * <ol>
 *   <li>Only with a record of ours that is out of service and not over, and only when the Node has
 *       not been Ready for a while.
 *   <li>What would be the end has to be told twice, a minute apart: a VM that is moved may be seen
 *       off in between. An answer that says nothing in between begins that anew (I10).
 *   <li>Asked again after 1 min, doubling to 30 min, until the end was told or the Node is Ready.
 * </ol>
 */
final class Looking {
  private static final Duration PACE = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 5;
  private static final Duration LONGEST_PACE = Duration.ofMinutes(30);

  /** Nobody answers: it is asked once more. */
  private static final Duration LOST_AFTER = Duration.ofMinutes(10);

  private Looking() {}

  static void advance(NodeDraft draft, Duration after) {
    if (draft.episode.filter(Episode::summarized).isPresent()) {
      return; // what was found is still to be written
    }
    Optional<NodeFacts> away = draft.node.filter(node -> isAway(draft, node));
    if (away.isEmpty()) {
      draft.look = MachineLook.NONE;
      return;
    }
    draft.look = draft.look.awayFrom(draft.now);
    if (nextAt(draft.look, after).filter(draft.now::isBefore).isPresent()) {
      return;
    }
    draft.look = draft.look.asked(draft.now);
    draft.act(new NodeAction.AskForMachine(away.get().providerId()));
  }

  static void answered(NodeDraft draft, MachineFate fate) {
    MachineLook before = draft.look;
    if (before.askedAt().isEmpty()) {
      return; // the Node is back, or it was asked for another episode
    }
    draft.look = before.answered(fate, draft.now.plus(pace(before.answers())));
    if (fate != before.last() || before.answers() == 0) {
      draft.act(new NodeAction.Note(new NodeNote.MachineSeen(fate)));
    }
    if (fate.isTheEnd()) {
      boolean isSure = before.last() == fate;
      draft.look = draft.look.answered(fate, draft.now.plus(PACE));
      if (isSure) {
        draft.tellOnce(NodeNotice.VM_OFF, "the VM " + fate.text());
        draft.report(new Observation.MachineFound(fate));
      }
    } else if (fate.isWarning()) {
      draft.tellOnce(NodeNotice.VM_NEEDS_SOMEBODY, "the VM " + fate.text());
    }
  }

  /**
   * What the record is to say. The end is written once it was told, and stays: who finds it tells
   * it no second time (I9).
   */
  static Optional<MachineFate> toRecord(
      NodeDraft draft, Episode episode, Optional<Progress> before) {
    Optional<MachineFate> ended =
        before
            .flatMap(Progress::fate)
            .filter(MachineFate::isTheEnd)
            .filter(fate -> episode.summarized());
    Optional<MachineFate> told =
        Optional.of(draft.look.last())
            .filter(MachineFate::isTold)
            .filter(fate -> !fate.isTheEnd() || episode.summarized());
    return ended.or(() -> told);
  }

  static Map<MachineFate, Integer> figures(NodeState state) {
    boolean isAway = state.node().filter(node -> !node.readiness().ready()).isPresent();
    return isAway && state.look().answers() > 0 && !state.isLost()
        ? Map.of(state.look().last(), 1)
        : Map.of();
  }

  private static Optional<Instant> nextAt(MachineLook look, Duration after) {
    return look.awaySince()
        .map(since -> later(since.plus(after), look.notBefore()))
        .map(at -> look.askedAt().map(asked -> later(at, asked.plus(LOST_AFTER))).orElse(at));
  }

  private static boolean isAway(NodeDraft draft, NodeFacts node) {
    boolean isOutOfService =
        draft
            .record
            .map(record -> record.progress().state())
            .filter(state -> !state.isBefore(MaintenanceState.CORDONED))
            .filter(state -> state.isBefore(MaintenanceState.RUNNING))
            .isPresent();
    return isOutOfService
        && draft.episode.filter(each -> !each.cancelled()).isPresent()
        && !node.readiness().ready()
        && !draft.isNodeGone()
        && !draft.isLost()
        && draft.settings.mode().acts();
  }

  private static Duration pace(int answers) {
    Duration wait = PACE.multipliedBy(1L << Math.min(answers, MOST_DOUBLINGS));
    return wait.compareTo(LONGEST_PACE) > 0 ? LONGEST_PACE : wait;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }
}
