package io.drainwatch.watcher.cli;

import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionSettings.WithoutEvictionApi;
import io.drainwatch.drainer.nodework.Preview;
import io.drainwatch.drainer.pods.JudgedPod;
import io.drainwatch.watcher.clusterview.Prediction;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks for one pod after another how its eviction would be answered. Where the right is missing the
 * rest of the namespace is not asked for, and nothing is any more after three requests in a row
 * without an answer: each takes its time.
 */
final class EvictionTrial implements Function<JudgedPod, Prediction> {
  private static final int MOST_SILENT = 3;

  private final Function<EvictablePod, EvictionAnswer> server;
  private final boolean evictionKnown;
  private final WithoutEvictionApi without;
  private final Set<String> forbidden = new HashSet<>();
  private int silent;

  EvictionTrial(
      Function<EvictablePod, EvictionAnswer> server,
      boolean evictionKnown,
      WithoutEvictionApi without) {
    this.server = server;
    this.evictionKnown = evictionKnown;
    this.without = without;
  }

  @Override
  public Prediction apply(JudgedPod judged) {
    Optional<EvictablePod> pod = Preview.evictable(judged);
    if (pod.isEmpty()) {
      return Prediction.unknown("the pod has no UID or no name");
    }
    if (forbidden.contains(pod.get().namespace())) {
      return Prediction.notPermitted("");
    }
    if (silent >= MOST_SILENT) {
      return Prediction.unknown("not asked, as the server answers no more");
    }
    EvictionAnswer answer = server.apply(pod.get());
    silent = answer instanceof EvictionAnswer.Failed ? silent + 1 : 0;
    Prediction prediction = Prediction.of(answer, pod.get(), evictionKnown, without);
    if (prediction.answer() == Prediction.Answer.NOT_PERMITTED) {
      forbidden.add(pod.get().namespace());
    }
    return prediction;
  }
}
