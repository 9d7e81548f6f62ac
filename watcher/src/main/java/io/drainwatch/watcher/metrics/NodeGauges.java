package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.evictions.BlockedCause;
import io.drainwatch.drainer.evictions.PodDecision;
import io.drainwatch.drainer.nodework.NodeFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * How drains stand (kubernetes-drain.md 17): in the drainer of all Nodes, and in the daemon of form
 * {@code agent} of its own, under the same names. Looked at once for each scrape.
 */
final class NodeGauges {
  private volatile Supplier<NodeFigures> source = () -> NodeFigures.NONE;
  private volatile NodeFigures figures = NodeFigures.NONE;

  NodeGauges(MeterRegistry registry) {
    for (PodDecision decision : PodDecision.values()) {
      Gauge.builder("drainwatch.drain.pods", () -> figures.pods().getOrDefault(decision, 0))
          .description("Pods on Nodes that are being drained, by what becomes of them")
          .tag("decision", decision.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    for (BlockedCause cause : BlockedCause.values()) {
      Gauge.builder(
              "drainwatch.blocked",
              () -> seconds(figures.blocked().getOrDefault(cause, Duration.ZERO)))
          .description("How long the pod that waits longest has been refused; 0: none is")
          .baseUnit("seconds")
          .tag("cause", cause.word())
          .register(registry);
    }
    Gauge.builder("drainwatch.api.view.age", () -> seconds(figures.viewAge()))
        .description("Since the last complete look at the pods of a Node being drained; 0: none is")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("drainwatch.uncordon.wait", () -> seconds(figures.uncordonWait()))
        .description("How long a Node whose events are over has waited to be given back; 0: none")
        .baseUnit("seconds")
        .register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  void by(Supplier<NodeFigures> newest) {
    source = newest;
  }

  NodeFigures figures() {
    return figures;
  }

  /** Before a scrape, so that all of it is of one moment. */
  void look() {
    figures = source.get();
  }
}
