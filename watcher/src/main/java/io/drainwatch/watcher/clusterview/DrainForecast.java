package io.drainwatch.watcher.clusterview;

import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodework.Preview;
import io.drainwatch.drainer.pods.Decision;
import io.drainwatch.drainer.pods.JudgedPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a drain of a Node would meet, were it to begin now.
 *
 * @param pods those that are to go, first come first; then the others
 */
public record DrainForecast(NodeFacts node, List<PodForecast> pods) {

  public DrainForecast {
    pods = List.copyOf(pods);
  }

  /**
   * @param order 1 for the first that is to go; empty: it is not evicted
   */
  public record PodForecast(Optional<Integer> order, JudgedPod judged, Prediction prediction) {

    /** Whether the drain would wait for it and nobody knows how long. */
    public boolean holdsUp() {
      return switch (judged.decision()) {
        case Decision.Ignore _, Decision.Wait _ -> false;
        case Decision.Hold _, Decision.WaitCompleted _, Decision.Block _ -> true;
        case Decision.Evict _ -> !prediction.letsGo();
      };
    }

    static String decision(Decision decision) {
      return switch (decision) {
        case Decision.Ignore _ -> "ignore";
        case Decision.Wait _ -> "wait";
        case Decision.Hold _ -> "hold";
        case Decision.WaitCompleted _ -> "wait-completed";
        case Decision.Block _ -> "block";
        case Decision.Evict _ -> "evict";
      };
    }
  }

  /**
   * @param asked how the server would answer for a pod; called for those that are to go only, in
   *     their order
   */
  public static DrainForecast of(
      NodeFacts node, Preview preview, Function<JudgedPod, Prediction> asked) {
    List<PodForecast> pods = new ArrayList<>();
    for (JudgedPod each : preview.going()) {
      pods.add(new PodForecast(Optional.of(pods.size() + 1), each, asked.apply(each)));
    }
    preview.others().stream()
        .map(each -> new PodForecast(Optional.empty(), each, Prediction.NOT_ASKED))
        .forEach(pods::add);
    return new DrainForecast(node, pods);
  }

  /** How many are to be evicted. */
  long going() {
    return pods.stream().filter(each -> each.order().isPresent()).count();
  }

  long holdingUp() {
    return pods.stream().filter(PodForecast::holdsUp).count();
  }

  /** Whether all that have to go could go. */
  public boolean isClear() {
    return holdingUp() == 0;
  }
}
