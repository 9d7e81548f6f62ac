package io.drainwatch.drainer.pods;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One look at the pods of a node: what becomes of each, whose turn it is, and whether any is left
 * (kubernetes-drain.md, section 7).
 *
 * <ol>
 *   <li>With a view that is too old nobody has a turn; a pod without a UID never has one (I2).
 *   <li>A pod at its force point has its turn at once, whatever tier it is in and whoever detaches.
 *   <li>A tier opens when no pod of an earlier one is to go, is going or may still finish. A pod on
 *       hold, or one that cannot be ended, holds up nobody.
 *   <li>Ourselves: only after the acknowledgement, the force point notwithstanding (K23).
 *   <li>By option, pods with volumes one at a time; see {@link VolumeTurn}.
 * </ol>
 *
 * @param pods all of them, by namespace and name
 * @param open whose turn it is: those at their force point first, then by tier and order. Pace and
 *     the second between two tries are not looked at here
 * @param waiting who is to go, but not now
 */
public record Round(
    List<JudgedPod> pods, List<JudgedPod> open, List<Waiting> waiting, Emptiness emptiness) {

  private static final Comparator<JudgedPod> BY_NAME =
      Comparator.comparing((JudgedPod each) -> each.pod().namespace())
          .thenComparing(each -> each.pod().name())
          .thenComparing(each -> each.pod().uid());

  public Round {
    pods = List.copyOf(pods);
    open = List.copyOf(open);
    waiting = List.copyOf(waiting);
  }

  /** What a pod that is to go waits for. */
  public enum WaitsFor {
    NEWER_VIEW,
    UID,
    EARLIER_TIER,
    VOLUMES_OF_OTHERS,
    ACKNOWLEDGEMENT
  }

  /** A pod that is to go, but not now. */
  public record Waiting(JudgedPod judged, WaitsFor cause) {}

  /** Whether a pod is left that keeps the node from being drained. */
  public enum Emptiness {
    EMPTY,
    NOT_EMPTY,
    /** None is seen, but the view is too old to say so. */
    NOT_KNOWN
  }

  public static Round of(PodView view, Circumstances at, PodRules rules, Progress progress) {
    List<JudgedPod> judged =
        view.pods().stream()
            .map(pod -> new JudgedPod(pod, Classification.of(pod, at, rules)))
            .sorted(BY_NAME)
            .toList();
    boolean isFresh = view.isFreshAt(progress.now());
    Optional<Tier> earliest =
        judged.stream()
            .flatMap(each -> each.decision().occupies().stream())
            .min(Comparator.naturalOrder());
    Optional<VolumeTurn> volumes =
        rules.has(PodOption.VOLUME_PODS_ONE_BY_ONE)
            ? Optional.of(VolumeTurn.of(judged, progress, rules.detachTimeout()))
            : Optional.empty();

    List<Candidate> open = new ArrayList<>();
    List<Waiting> waiting = new ArrayList<>();
    List<Candidate> openButForVolumes = new ArrayList<>();
    for (Candidate candidate : Candidate.inOrder(judged, at)) {
      Optional<WaitsFor> cause = candidate.waitsFor(isFresh, earliest, progress);
      if (cause.isPresent()) {
        waiting.add(new Waiting(candidate.judged(), cause.get()));
      } else if (volumes.isPresent() && candidate.takesVolumeTurn()) {
        openButForVolumes.add(candidate);
      } else {
        open.add(candidate);
      }
    }
    Optional<Candidate> next = volumes.flatMap(turn -> turn.next(openButForVolumes));
    next.ifPresent(open::add);
    openButForVolumes.stream()
        .filter(each -> !next.equals(Optional.of(each)))
        .forEach(each -> waiting.add(new Waiting(each.judged(), WaitsFor.VOLUMES_OF_OTHERS)));
    return new Round(
        judged,
        open.stream().sorted().map(Candidate::judged).toList(),
        waiting,
        emptiness(judged, isFresh));
  }

  private static Emptiness emptiness(List<JudgedPod> judged, boolean isFresh) {
    if (judged.stream().anyMatch(each -> each.decision().blocksCompletion())) {
      return Emptiness.NOT_EMPTY;
    }
    return isFresh ? Emptiness.EMPTY : Emptiness.NOT_KNOWN;
  }
}
