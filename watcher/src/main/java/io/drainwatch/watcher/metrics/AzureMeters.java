package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.nodework.NodeFigures;
import io.drainwatch.watcher.azure.AckResult;
import io.drainwatch.watcher.azure.GraphListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What the drainer asks of Azure Resource Manager, where that is switched on. */
public final class AzureMeters {
  private final MeterRegistry registry;

  AzureMeters(MeterRegistry registry, Supplier<NodeFigures> figures) {
    this.registry = registry;
    for (MachineFate fate : MachineFate.values()) {
      Gauge.builder("drainwatch.vms.away", () -> figures.get().away().getOrDefault(fate, 0))
          .description("Nodes in mid-maintenance that are away, by what became of their VM")
          .tag("fate", fate.word())
          .register(registry);
      answers(fate);
    }
  }

  /** What came of a question after a VM. */
  public void answered(MachineFate fate) {
    answers(fate).increment();
  }

  /** Watchers that are gone are stood in for: all results from the start on, so growth is seen. */
  public void standsIn() {
    for (AckResult result : AckResult.values()) {
      acknowledgements(result);
    }
  }

  /** What came of an acknowledgement in place of a watcher. */
  public void acknowledged(AckResult result) {
    acknowledgements(result).increment();
  }

  private Counter acknowledgements(AckResult result) {
    return Counter.builder("drainwatch.outside.acknowledgements")
        .description("Acknowledgements through Resource Manager in place of a watcher that is gone")
        .tag("result", result.word())
        .register(registry);
  }

  /** Made with the first question, so that it is not there where nothing is asked. */
  public GraphListener ofTheGraph() {
    return new GraphMeters(registry);
  }

  private Counter answers(MachineFate fate) {
    return Counter.builder("drainwatch.vm.answers")
        .description("Questions after the VM of a Node that does not come back, by the answer")
        .tag("fate", fate.word())
        .register(registry);
  }
}
