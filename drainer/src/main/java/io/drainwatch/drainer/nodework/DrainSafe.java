package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.drainsafe.DrainSafeAnnotations;
import io.drainwatch.drainer.drainsafe.DrainSafeGrace;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.nodes.NodeRecord;
import java.time.Duration;
import java.util.Optional;

/**
 * DrainSafe's three annotations, in the very patch that writes what they tell of ({@code
 * compat.drainsafe}; drain-scripts.md part 5): the owner stands exactly as long as our cordon.
 */
final class DrainSafe {
  private DrainSafe() {}

  static NodePatch beside(NodePatch patch, NodeRecord record, NodeDraft draft, Episode episode) {
    if (!isWritten(draft)) {
      return patch;
    }
    DrainSafeAnnotations told =
        DrainSafeAnnotations.of(episode, !record.drain().ackable().isEmpty());
    return patch.with(
        new DrainSafeAnnotations(told.state(), told.type(), record.did().cordon()).values());
  }

  static NodePatch atRest(NodePatch patch, NodeDraft draft) {
    return isWritten(draft) ? patch.with(DrainSafeAnnotations.AT_REST.values()) : patch;
  }

  private static boolean isWritten(NodeDraft draft) {
    return draft.settings.drainSafe().mode().writes();
  }

  /**
   * With no more grace than DrainSafe gives for the event ({@code compat.drainsafe-grace}), where
   * that is less than the pod's own: a grace is never lengthened (kubernetes-drain.md 8). What is
   * deleted by force has the time that is left.
   */
  static EvictionRequest.ForPod withGrace(NodeDraft draft, EvictionRequest.ForPod request) {
    if (!draft.settings.drainSafe().grace() || draft.episode.isEmpty()) {
      return request;
    }
    return switch (request) {
      case EvictionRequest.Evict(EvictablePod pod, int attempt, Optional<Duration> grace) ->
          new EvictionRequest.Evict(pod, attempt, shorter(draft, pod, grace));
      case EvictionRequest.Delete(
              EvictablePod pod,
              int attempt,
              Optional<Duration> grace,
              EvictionRequest.Why why) ->
          why == EvictionRequest.Why.NO_EVICTION_API
              ? new EvictionRequest.Delete(pod, attempt, shorter(draft, pod, grace), why)
              : request;
    };
  }

  private static Optional<Duration> shorter(
      NodeDraft draft, EvictablePod pod, Optional<Duration> grace) {
    Optional<Duration> left =
        draft
            .orders
            .evict()
            .flatMap(Action.StartEvictions::deadline)
            .map(at -> Duration.between(draft.now, at));
    Duration most = DrainSafeGrace.of(draft.episode.orElseThrow().leading(), left);
    return grace.orElse(pod.grace()).compareTo(most) > 0 ? Optional.of(most) : grace;
  }
}
