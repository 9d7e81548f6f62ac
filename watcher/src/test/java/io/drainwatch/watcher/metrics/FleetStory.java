package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.evictions.Pods;
import io.drainwatch.drainer.maintenance.Events;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.report.Story;
import java.util.Optional;

/** Maintenances of a fleet as its metrics see them: the real core, on the Node {@code node-1}. */
final class FleetStory implements Witness {
  static final String NODE = "node-1";
  static final String POOL = "pool-a";

  private final FleetMetrics metrics;
  final Story story;

  FleetStory(FleetMetrics metrics) {
    this.metrics = metrics;
    story = new Story(this).begin();
  }

  @Override
  public void stepped(Step step) {
    metrics.stands(NODE, POOL, step.transition().watch().episode(), step.at());
  }

  static NodeNote eviction(EvictionNotice.Reason reason, String pod) {
    return new NodeNote.Eviction(
        new EvictionNotice(reason, Pods.named("uid-" + pod, "shop", pod), "for people"));
  }

  /** One of everything. */
  static FleetMetrics whole() {
    FleetMetrics metrics = new FleetMetrics("1.2.3");
    metrics.leads(true);
    metrics.held(NODE, POOL, HeldBy.BUDGET);
    metrics.said(NODE, Reason.HELD, "somebody");
    metrics.noted(NODE, eviction(EvictionNotice.Reason.EVICTED, "pod-1"));
    metrics.answered(
        new EvictionAnswer.Http(201, new EvictionAnswer.Body.OtherJson(), Optional.empty()));
    new FleetStory(metrics)
        .story
        .document(Events.reboot("EVENT-1"))
        .document(Events.reboot("EVENT-1").started())
        .document()
        .document();
    return metrics;
  }
}
