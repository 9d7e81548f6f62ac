package io.drainwatch.drainer.pods;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pods with volumes one at a time: the next when the one before is gone and its volumes are
 * detached, or when they took longer than the time-out. A pod that was refused goes to the end of
 * the queue, so that a budget that is used up does not hold up the others.
 */
record VolumeTurn(boolean isFree, Map<String, Instant> refusedAt) {

  static VolumeTurn of(List<JudgedPod> judged, Progress progress, Duration detachTimeout) {
    boolean isOneLeaving =
        judged.stream()
            .anyMatch(
                each ->
                    each.decision() instanceof Decision.Wait && each.pod().hasAttachedVolumes());
    boolean isOneDetaching =
        progress.detachingSince().values().stream()
            .anyMatch(
                since -> Duration.between(since, progress.now()).compareTo(detachTimeout) < 0);
    return new VolumeTurn(!isOneLeaving && !isOneDetaching, progress.refusedAt());
  }

  Optional<Candidate> next(List<Candidate> candidates) {
    return isFree
        ? candidates.stream()
            .min(
                Comparator.comparing(
                        (Candidate each) ->
                            refusedAt.getOrDefault(each.judged().pod().uid(), Instant.MIN))
                    .thenComparing(Comparator.naturalOrder()))
        : Optional.empty();
  }
}
