package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.EventSource;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.nodes.NodeNotice;
import java.util.Optional;

/** The Events that follow from what the core decided (section 17); each once in an episode. */
final class EpisodeNews {
  private EpisodeNews() {}

  static void tell(NodeDraft draft, Optional<Episode> before) {
    if (!draft.settings.writes()) {
      return;
    }
    draft.episode.ifPresent(episode -> tell(draft, before, episode));
  }

  private static void tell(NodeDraft draft, Optional<Episode> before, Episode episode) {
    TrackedEvent leading = episode.leading();
    if (before.isEmpty()) {
      draft.tellOnce(
          NodeNotice.MAINTENANCE_SCHEDULED,
          leading.event().type()
              + " "
              + leading.event().id()
              + leading.notBefore().map(at -> ", not before " + at).orElse("")
              + (leading.event().source() == EventSource.RESOURCE_GRAPH
                  ? ", known from Resource Graph"
                  : ""));
    }
    if (episode.state() == MaintenanceState.DRAINING) {
      draft.tellOnce(NodeNotice.DRAIN_STARTED, leading.event().type());
    }
    if (episode.drain().outcome() == DrainResult.Outcome.DEADLINE_REACHED) {
      draft.tellOnce(NodeNotice.DRAIN_DEADLINE_EXCEEDED, episode.drain().reason());
    }
    if (episode.drain().isComplete()) {
      draft.tellOnce(NodeNotice.DRAIN_COMPLETED, leading.event().type());
    }
    if (episode.cancelled()) {
      draft.tellOnce(NodeNotice.DRAIN_CANCELLED, leading.event().id());
    }
    for (TrackedEvent tracked : episode.events()) {
      if (tracked.acknowledgement().accepted()) {
        draft.tellOnce(NodeNotice.ACKNOWLEDGED, tracked.event().id());
      } else if (tracked.acknowledgement().mayHaveCounted()
          && tracked.acknowledgement().nextTry().isPresent()) {
        draft.tellOnce(NodeNotice.ACK_FAILED, tracked.event().id());
      }
    }
    if (episode.state() == MaintenanceState.MAINTENANCE_STARTED) {
      draft.tellOnce(NodeNotice.MAINTENANCE_STARTED, leading.event().type());
    }
    if (episode.held().equals(Optional.of(Episode.Held.FOREIGN_UNCORDON))) {
      draft.tellOnce(NodeNotice.FOREIGN_UNCORDON_RESPECTED, "");
    }
  }
}
