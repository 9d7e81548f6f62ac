package io.drainwatch.drainer.pods;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A pod that is to go, with what decides when. Sorted as pods leave. */
record Candidate(JudgedPod judged, Tier tier, Order order, boolean isForced)
    implements Comparable<Candidate> {

  private static final Comparator<Candidate> COMPARATOR =
      Comparator.comparing((Candidate each) -> !each.isForced())
          .thenComparing(Candidate::tier)
          .thenComparing(Candidate::order)
          .thenComparing(each -> each.judged().pod().uid());

  static List<Candidate> inOrder(List<JudgedPod> judged, Circumstances at) {
    return judged.stream().flatMap(each -> of(each, at)).sorted().toList();
  }

  private static Stream<Candidate> of(JudgedPod judged, Circumstances at) {
    return switch (judged.decision()) {
      case Decision.Evict evict ->
          Stream.of(
              new Candidate(
                  judged,
                  evict.tier(),
                  evict.order(),
                  at.isAtForcePoint(judged.pod()) && evict.tier() != Tier.OURSELVES));
      case Decision.Ignore _,
          Decision.Wait _,
          Decision.Hold _,
          Decision.WaitCompleted _,
          Decision.Block _ ->
          Stream.empty();
    };
  }

  Optional<Round.WaitsFor> waitsFor(boolean isFresh, Optional<Tier> earliest, Progress progress) {
    if (!isFresh) {
      return Optional.of(Round.WaitsFor.NEWER_VIEW);
    }
    if (judged.pod().uid().isBlank()) {
      return Optional.of(Round.WaitsFor.UID);
    }
    if (tier == Tier.OURSELVES && !progress.ourselvesMayGo()) {
      return Optional.of(Round.WaitsFor.ACKNOWLEDGEMENT);
    }
    return isForced || earliest.equals(Optional.of(tier))
        ? Optional.empty()
        : Optional.of(Round.WaitsFor.EARLIER_TIER);
  }

  boolean takesVolumeTurn() {
    return order.hasVolumes() && !isForced;
  }

  @Override
  public int compareTo(Candidate other) {
    return COMPARATOR.compare(this, other);
  }
}
