package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.BudgetsSeen;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.PodDecision;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.pods.Circumstances;
import io.drainwatch.drainer.pods.Decision;
import io.drainwatch.drainer.pods.JudgedPod;
import io.drainwatch.drainer.pods.Ourselves;
import io.drainwatch.drainer.pods.PodFacts;
import io.drainwatch.drainer.pods.PodRules;
import io.drainwatch.drainer.pods.PodView;
import io.drainwatch.drainer.pods.Progress;
import io.drainwatch.drainer.pods.Round;
import io.drainwatch.drainer.pods.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a drain of a Node would begin with, were it to begin now (kubernetes-drain.md 10): judged
 * and ordered as by {@link NodeWork}, without an episode and so without force points. None of the
 * pods is taken for ourselves: who asks for this is not who drains.
 *
 * @param going those that are to go, first come first
 * @param others those that are not evicted, by namespace and name
 */
public record Preview(List<JudgedPod> going, List<JudgedPod> others) {

  public Preview {
    going = List.copyOf(going);
    others = List.copyOf(others);
  }

  /**
   * @param taint what we would put on the Node first
   */
  public static Preview of(
      NodeFacts node,
      PodListing.Complete listed,
      PodRules rules,
      Optional<Taint> taint,
      Instant now) {
    Duration serverAhead = Duration.between(listed.ended(), listed.serverNow());
    Round round =
        Round.of(
            new PodView(listed.pods(), Optional.of(listed.begun())),
            new Circumstances(
                node.name(),
                Judging.hostname(node),
                node.readiness().ready(),
                taint,
                Ourselves.NO_POD,
                Set.of(),
                now.plus(serverAhead)),
            rules,
            new Progress(now, false, Map.of(), Map.of()));
    return new Preview(
        Stream.concat(
                round.open().stream(),
                // a volume pod whose turn comes after another's is of the tier that is open
                round.waiting().stream()
                    .sorted(
                        Comparator.comparing(
                            each -> each.cause() != Round.WaitsFor.VOLUMES_OF_OTHERS))
                    .map(Round.Waiting::judged))
            .toList(),
        round.pods().stream()
            .filter(each -> !(each.decision() instanceof Decision.Evict))
            .toList());
  }

  /** In the terms of the evictions; empty: without a UID or a name nobody may evict it (I2). */
  public static Optional<EvictablePod> evictable(JudgedPod judged) {
    PodFacts pod = judged.pod();
    return pod.uid().isBlank() || pod.namespace().isBlank() || pod.name().isBlank()
        ? Optional.empty()
        : Optional.of(Judging.of(judged, PodDecision.EVICT, BudgetsSeen.UNKNOWN));
  }
}
