package io.drainwatch.drainer.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one patch that gives a Node back (kubernetes-drain.md 14): undoes what {@code did} names and
 * is still as we set it, turns the record into the summary, touches nothing else (I3).
 */
public sealed interface Restoring {

  /**
   * Send this patch; 409: read and decide again.
   *
   * @param cordon what becomes of the cordon
   */
  record Send(NodePatch patch, CordonAfter cordon) implements Restoring {}

  /** The Node is gone, or another one has its name: nothing is written, the episode ends. */
  record NodeGone() implements Restoring {}

  /** What becomes of the cordon. */
  enum CordonAfter {
    /** Ours is undone. */
    UNDONE,
    /** Ours stays, as somebody asked by annotation; from here on it is theirs. */
    KEPT_AS_WISHED,
    /** Not ours. */
    FOREIGN_KEPT,
    /** There is none. */
    NONE
  }

  static Restoring plan(Optional<NodeFacts> found, NodeRecord record, LastMaintenance summary) {
    if (found.isEmpty() || !found.get().uid().equals(record.machine().nodeUid())) {
      return new NodeGone();
    }
    NodeFacts node = found.get();
    Marks did = record.did();
    NodePatch patch =
        NodePatch.of(
            node,
            Map.of(
                NodeKeys.RECORD,
                Optional.empty(),
                NodeKeys.STATE,
                Optional.empty(),
                NodeKeys.LAST,
                Optional.of(LastMaintenanceJson.write(summary))));
    if (node.annotation(NodeKeys.ACKNOWLEDGED).isPresent()) {
      patch = patch.withAnnotation(NodeKeys.ACKNOWLEDGED, Optional.empty());
    }
    CordonAfter cordon = cordon(node, record);
    if (cordon == CordonAfter.UNDONE) {
      patch = patch.withUnschedulable(false);
    }
    List<NodeTaint> others = new ArrayList<>(node.taints());
    if (did.taint().isPresent() && others.removeIf(each -> each.isOurs(did.taint().get()))) {
      patch = patch.withTaints(others);
    }
    if (did.lbLabel() && node.label(NodeKeys.LB_LABEL).filter(NodeKeys.TRUE::equals).isPresent()) {
      patch = patch.withLabel(NodeKeys.LB_LABEL, Optional.empty());
    }
    for (String hold : did.holds()) {
      if (node.annotation(hold).filter(NodeKeys.TRUE::equals).isPresent()) {
        patch = patch.withAnnotation(hold, Optional.empty());
      }
    }
    return new Send(patch, cordon);
  }

  private static CordonAfter cordon(NodeFacts node, NodeRecord record) {
    if (!node.unschedulable()) {
      return CordonAfter.NONE;
    }
    if (!record.did().cordon()) {
      return CordonAfter.FOREIGN_KEPT;
    }
    return node.isToStayCordoned() ? CordonAfter.KEPT_AS_WISHED : CordonAfter.UNDONE;
  }
}
