package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.watcher.daemon.NodeSide;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/**
 * What is counted where Nodes are drained (kubernetes-drain.md 17): in the drainer, and in the
 * daemon of form {@code agent}, under the same names. Safe for any thread.
 */
final class NodeMeters implements NodeSide.Counts {
  private final MeterRegistry registry;
  private final EvictedPods evicted;
  private final DrainTimers drains;

  NodeMeters(MeterRegistry registry) {
    this.registry = registry;
    evicted = new EvictedPods(registry);
    drains = new DrainTimers("drainwatch.drain.duration", registry);
  }

  @Override
  public void noted(NodeNote note) {
    if (note instanceof NodeNote.Eviction(EvictionNotice notice)) {
      evicted.noted(notice);
    }
  }

  @Override
  public void answered(EvictionAnswer answer) {
    Counter.builder("drainwatch.eviction.requests")
        .description("Evictions and deletions of pods sent, by the answer's HTTP status")
        .tag("code", code(answer))
        .register(registry)
        .increment();
  }

  private static String code(EvictionAnswer answer) {
    return switch (answer) {
      case EvictionAnswer.Http http ->
          http.status() >= 100 && http.status() <= 599 ? Integer.toString(http.status()) : "other";
      case EvictionAnswer.Failed(EvictionAnswer.Failure failure, String text) ->
          failure.name().toLowerCase(Locale.ROOT);
    };
  }

  /**
   * @param took from Cordoned to its end; the clock may have been set in between
   */
  void drainEnded(DrainResult.Outcome outcome, Duration took) {
    drains.ended(outcome, took);
  }

  /** What was under way is another's now. */
  void forget() {
    evicted.forget();
  }
}
