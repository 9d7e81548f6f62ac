package io.drainwatch.drainer.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which mark is set next (kubernetes-drain.md 4): the cordon, then the taint, the label, the
 * autoscaler holds. One at a time, so that a webhook that refuses one of the options cannot keep
 * the cordon away; whoever is refused asks again with settings without it.
 *
 * <p>Every patch carries the record that names what it does, so no crash can part the two. A mark
 * that is on the Node already is somebody else's and is not named. Nothing is set twice: a mark of
 * ours that somebody took away stays away.
 */
public final class Marking {
  private Marking() {}

  /**
   * Asked from the cordon to the start of the maintenance, whenever the Node was read.
   *
   * @param found empty: 404
   * @param record as it is to be written, with its state
   */
  public static MarkStep next(Optional<NodeFacts> found, NodeRecord record, MarkSettings settings) {
    if (found.isEmpty() || !found.get().uid().equals(record.machine().nodeUid())) {
      return new MarkStep.NodeGone();
    }
    NodeFacts node = found.get();
    if (record.progress().held() == HeldBy.FOREIGN_UNCORDON) {
      return new MarkStep.Done();
    }
    if (record.prior().isEmpty()) {
      return cordon(node, record);
    }
    if (!node.unschedulable()) {
      return new MarkStep.Uncordoned();
    }
    return options(node, record, settings);
  }

  private static MarkStep cordon(NodeFacts node, NodeRecord record) {
    Prior prior = Prior.of(node);
    NodeRecord after =
        record.with(record.did().withCordon(!prior.unschedulable()), Optional.of(prior));
    return new MarkStep.Send(
        RecordPatches.write(node, after).withUnschedulable(true), after, prior.unschedulable());
  }

  private static MarkStep options(NodeFacts node, NodeRecord record, MarkSettings settings) {
    Marks did = record.did();
    NodeTaint taint = NodeTaint.ours(NodeText.labelValue(record.events().getFirst().type()));
    if (settings.taint()
        && did.taint().isEmpty()
        && node.taints().stream().noneMatch(taint::isSameAs)) {
      NodeRecord after = record.with(did.withTaint(taint.value()));
      List<NodeTaint> all = new ArrayList<>(node.taints());
      all.add(taint);
      return send(RecordPatches.write(node, after).withTaints(all), after);
    }
    if (settings.lbLabel() && !did.lbLabel() && node.label(NodeKeys.LB_LABEL).isEmpty()) {
      NodeRecord after = record.with(did.withLbLabel());
      return send(
          RecordPatches.write(node, after).withLabel(NodeKeys.LB_LABEL, Optional.of(NodeKeys.TRUE)),
          after);
    }
    for (String hold : new TreeSet<>(settings.holds())) {
      if (!did.holds().contains(hold) && node.annotation(hold).isEmpty()) {
        NodeRecord after = record.with(did.withHold(hold));
        return send(
            RecordPatches.write(node, after).withAnnotation(hold, Optional.of(NodeKeys.TRUE)),
            after);
      }
    }
    return new MarkStep.Done();
  }

  private static MarkStep send(NodePatch patch, NodeRecord after) {
    return new MarkStep.Send(patch, after, false);
  }
}
