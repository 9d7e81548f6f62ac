package io.drainwatch.drainer.scaledown;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ordinals that a clean-up may concern, highest first: those of the set's claims and those of
 * our own pods, so that one whose claims are gone already is not forgotten (D08).
 *
 * @param ambiguous names of claims that fit another set as well
 */
record Candidates(List<Candidate> ordinals, List<ClaimFacts> ambiguous) {

  /**
   * @param claims that may be deleted after the clean-up
   * @param isKept one of its claims is to be left alone: the ordinal is not begun with
   * @param pod of that name, whosever it is
   */
  record Candidate(
      int ordinal, List<ClaimFacts> claims, boolean isKept, Optional<OrdinalPod> pod) {}

  static Candidates of(SetFacts set, Surroundings around) {
    TreeMap<Integer, List<ClaimFacts>> claims = ClaimNames.byOrdinal(set, around.claims());
    Map<Integer, OrdinalPod> pods = pods(set, around.pods());
    TreeMap<Integer, List<ClaimFacts>> concerned = new TreeMap<>(Comparator.reverseOrder());
    concerned.putAll(claims);
    pods.forEach(
        (ordinal, pod) -> {
          if (pod.isCleanupOf(set.id())) {
            concerned.putIfAbsent(ordinal, List.of());
          }
        });
    List<Candidate> candidates = new ArrayList<>();
    List<ClaimFacts> ambiguous = new ArrayList<>();
    concerned.forEach(
        (ordinal, all) -> {
          List<ClaimFacts> doubtful =
              all.stream().filter(claim -> isAmbiguous(claim, around.others())).toList();
          ambiguous.addAll(doubtful);
          List<ClaimFacts> ours =
              all.stream()
                  .filter(claim -> !claim.isLeftAlone() && !doubtful.contains(claim))
                  .toList();
          Optional<OrdinalPod> pod = Optional.ofNullable(pods.get(ordinal));
          boolean isKept = ours.size() < all.size();
          if (!isKept || pod.filter(each -> each.isCleanupOf(set.id())).isPresent()) {
            candidates.add(new Candidate(ordinal, ours, isKept, pod));
          }
        });
    return new Candidates(candidates, ambiguous);
  }

  private static boolean isAmbiguous(ClaimFacts claim, Collection<Neighbour> others) {
    return others.stream().anyMatch(each -> each.fits(claim.name()));
  }

  private static Map<Integer, OrdinalPod> pods(SetFacts set, Collection<OrdinalPod> pods) {
    Map<Integer, OrdinalPod> named = new TreeMap<>();
    for (OrdinalPod pod : pods) {
      if (pod.namespace().equals(set.id().namespace())) {
        OrdinalName.of(pod.name())
            .filter(name -> name.stem().equals(set.id().name()))
            .ifPresent(name -> named.put(name.ordinal(), pod));
      }
    }
    return named;
  }
}
