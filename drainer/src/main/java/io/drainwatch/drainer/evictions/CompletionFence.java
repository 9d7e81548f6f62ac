package io.drainwatch.drainer.evictions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The completion fence (section 12), in its order: two complete lists without a blocking pod, at
 * least 2 s apart, the second begun after cordon and settle; then the Node, read after the second
 * list: cordoned, our record, our holder; then hooks and volumes. A type of its own, because
 * emptiness is never concluded from the view that the evictions work by.
 *
 * @param cordonedAt when the cordon was in force, by our clock
 * @param settle how long pods bound before the cordon may still arrive
 * @param hooksFinished pre-stop, drain and post-stop
 * @param volumesAttached names of what is still attached and counts; empty where not asked
 */
public record CompletionFence(
    PodList first,
    PodList second,
    NodeFacts node,
    Instant cordonedAt,
    Duration settle,
    boolean hooksFinished,
    List<String> volumesAttached) {
  private static final Duration APART = Duration.ofSeconds(2);

  public CompletionFence {
    volumesAttached = List.copyOf(volumesAttached);
  }

  public FenceVerdict verdict(Instant now) {
    if (!node.exists()) {
      return new FenceVerdict.NodeGone();
    }
    if (!first.complete() || !second.complete()) {
      return new FenceVerdict.ReadAgain("a list is not complete", now);
    }
    List<EvictablePod> left =
        second.pods().stream().filter(pod -> pod.decision().blocks()).toList();
    if (!left.isEmpty()) {
      return new FenceVerdict.PodsLeft(left);
    }
    if (first.pods().stream().anyMatch(pod -> pod.decision().blocks())) {
      return new FenceVerdict.ReadAgain("the first list had pods", second.ended().plus(APART));
    }
    if (second.begun().isBefore(first.ended().plus(APART))) {
      return new FenceVerdict.ReadAgain(
          "the lists are less than 2 s apart", first.ended().plus(APART));
    }
    Instant settled = cordonedAt.plus(settle);
    if (!second.begun().isAfter(settled)) {
      return new FenceVerdict.ReadAgain(
          "pods bound before the cordon may still arrive", settled.plusMillis(1));
    }
    return ofTheNode(now);
  }

  private FenceVerdict ofTheNode(Instant now) {
    if (node.readAt().isBefore(second.ended())) {
      return new FenceVerdict.ReadAgain("the Node was read before the second list", now);
    }
    if (!node.ourRecord()) {
      return new FenceVerdict.NotOurs("another record is on the Node");
    }
    if (!node.ourHolder()) {
      return new FenceVerdict.NotOurs("another process holds the record");
    }
    if (!node.unschedulable()) {
      return new FenceVerdict.ForeignUncordon();
    }
    if (!hooksFinished) {
      return new FenceVerdict.Waiting("hooks are not finished");
    }
    if (!volumesAttached.isEmpty()) {
      return new FenceVerdict.Waiting(
          OneLine.of("attached volumes: " + String.join(", ", volumesAttached)));
    }
    // also of the past: hooks may have taken their time since the lists
    return now.isAfter(second.ended().plus(View.OLDEST))
        ? new FenceVerdict.ReadAgain("the lists are older than 30 s", now)
        : new FenceVerdict.Passed();
  }
}
