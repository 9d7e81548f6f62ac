package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.drainsafe.DrainSafeAnnotations;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.nodes.NodeRecord;

/**
 * DrainSafe's three annotations, in the very patch that writes what they tell of ({@code
 * compat.drainsafe}; drain-scripts.md part 5): the owner stands exactly as long as our cordon.
 */
final class DrainSafe {
  private DrainSafe() {}

  static NodePatch beside(NodePatch patch, NodeRecord record, NodeDraft draft, Episode episode) {
    if (!draft.settings.drainSafe()) {
      return patch;
    }
    DrainSafeAnnotations told =
        DrainSafeAnnotations.of(episode, !record.drain().ackable().isEmpty());
    return patch.with(
        new DrainSafeAnnotations(told.state(), told.type(), record.did().cordon()).values());
  }

  static NodePatch atRest(NodePatch patch, NodeDraft draft) {
    return draft.settings.drainSafe() ? patch.with(DrainSafeAnnotations.AT_REST.values()) : patch;
  }
}
