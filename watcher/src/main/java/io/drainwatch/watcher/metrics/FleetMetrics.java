package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.cleaning.CleaningListener;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.fleet.EpisodeEnd;
import io.drainwatch.drainer.fleet.FleetListener;
import io.drainwatch.drainer.maintenance.DrainResult;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.MaintenanceState;
import io.drainwatch.drainer.maintenance.PolicyAction;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodework.NodeFigures;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.watcher.notify.DeliveryCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All metrics of the drainer (kubernetes-drain.md 17), fed by the fleet on its folding threads. The
 * gauges tell of the Nodes that this process looks after: nothing, while another one leads.
 */
public final class FleetMetrics implements FleetListener {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter violations;
  private final PoolGauges waiting = new PoolGauges(registry);
  private final NodeMeters meters = new NodeMeters(registry);
  private final NodeGauges drains = new NodeGauges(registry);
  private final String version;

  // under the lock
  private final Map<String, Episode> standing = new HashMap<>();
  private final Map<String, Integer> predicted = new HashMap<>();
  private boolean leads;

  /**
   * @param version of Drainwatch, for {@code drainwatch_build_info}
   */
  public FleetMetrics(String version) {
    this.version = version;
    Gauge.builder("drainwatch.leader", () -> leads() ? 1 : 0)
        .description("1 while this process holds the Lease and drains, 0 while it stands by")
        .register(registry);
    Gauge.builder("drainwatch.predicted.blockers", this::predictedBlockers)
        .description("Pods that would hold up a drain that is still to come, by the last try")
        .register(registry);
    for (MaintenanceState state : MaintenanceState.values()) {
      Gauge.builder("drainwatch.state", () -> nodesIn(state))
          .description("Nodes in a state of their maintenance")
          .tag("state", state.word())
          .register(registry);
    }
    violations =
        Counter.builder("drainwatch.invariant.violations")
            .description("Broken invariants of lifecycle.md; anything but 0 is a bug")
            .register(registry);
    for (Reason reason : Reason.values()) {
      if (reason.isWarning()) {
        notices(reason);
      }
    }
    ProcessGauges.addTo(registry, ProcessFigures.ofThisProcess());
    Gauge.builder("drainwatch.build.info", () -> 1)
        .description("Always 1; the version is in the label")
        .tag("version", version)
        .register(registry);
  }

  /** For the clean-up behind StatefulSets; its metrics exist from now on. */
  public CleaningListener ofTheCleanup() {
    return new ScaleDownMeters(registry);
  }

  /** For whoever tells people; its metrics exist once there is a sink. */
  public DeliveryCounts ofNotices() {
    return new NotifyMeters(registry);
  }

  /** For what is asked of Azure; its metrics exist from now on. */
  public AzureMeters ofAzure() {
    return new AzureMeters(registry, drains::figures);
  }

  /** Of Drainwatch. */
  public String version() {
    return version;
  }

  /** In Prometheus's text format, version 0.0.4. */
  public String scrape() {
    drains.look();
    return registry.scrape();
  }

  /** Who knows how the drains of the Nodes stand. */
  public void drainsAsBy(Supplier<NodeFigures> figures) {
    drains.by(figures);
  }

  private Counter notices(Reason reason) {
    return Counter.builder("drainwatch.notices")
        .description("Warnings, by why")
        .tag("reason", reason.label())
        .register(registry);
  }

  private synchronized boolean leads() {
    return leads;
  }

  private synchronized int predictedBlockers() {
    return predicted.values().stream().mapToInt(Integer::intValue).sum();
  }

  private synchronized long nodesIn(MaintenanceState state) {
    return standing.values().stream().filter(each -> each.state() == state).count();
  }

  @Override
  public void leads(boolean leading) {
    synchronized (this) {
      leads = leading;
      standing.clear();
      predicted.clear();
      waiting.clear();
      meters.forget();
    }
  }

  @Override
  public void stands(String node, String pool, Optional<Episode> episode, Instant now) {
    Optional<Episode> before;
    synchronized (this) {
      if (!leads) {
        return; // the last words of a fold
      }
      if (episode.isEmpty()) {
        predicted.remove(node);
      }
      before =
          Optional.ofNullable(
              episode.isPresent() ? standing.put(node, episode.get()) : standing.remove(node));
    }
    before
        .filter(was -> was.drain().isOpen())
        .flatMap(was -> episode.filter(is -> is.id().equals(was.id())))
        .filter(is -> !is.drain().isOpen())
        .ifPresent(is -> drainEnded(is, is.drain().outcome(), now));
  }

  /** An episode that was let go within one step: only its summary tells how its drain ended. */
  @Override
  public void summarized(String node, Summary summary, EpisodeEnd ending) {
    Optional<Episode> last;
    synchronized (this) {
      last = Optional.ofNullable(standing.get(node));
    }
    last.filter(was -> was.id().equals(summary.episode()) && was.drain().isOpen())
        .filter(was -> summary.drain() != DrainResult.Outcome.OPEN)
        .ifPresent(
            was -> {
              drainEnded(was, summary.drain(), summary.endedAt());
              forget(node, was);
            });
  }

  // what stands next is not to be compared with it
  private synchronized void forget(String node, Episode counted) {
    standing.remove(node, counted);
  }

  private void drainEnded(Episode episode, DrainResult.Outcome outcome, Instant at) {
    Optional<Instant> begun = Optional.ofNullable(episode.entered().get(MaintenanceState.CORDONED));
    if (episode.action() == PolicyAction.DRAIN && begun.isPresent()) {
      meters.drainEnded(outcome, Duration.between(begun.get(), at));
    }
  }

  @Override
  public void said(String node, Reason reason, String detail) {
    if (reason.isWarning()) {
      notices(reason).increment();
    }
  }

  @Override
  public void held(String node, String pool, HeldBy by) {
    synchronized (this) {
      if (leads) {
        waiting.put(node, pool, by == HeldBy.BUDGET);
      }
    }
  }

  @Override
  public void noted(String node, NodeNote note) {
    meters.noted(note);
    if (note instanceof NodeNote.Predicted(int pods, String text)) {
      predicts(node, pods);
    }
  }

  private synchronized void predicts(String node, int pods) {
    if (leads && pods > 0) {
      predicted.put(node, pods);
    } else {
      predicted.remove(node);
    }
  }

  @Override
  public void violated(String node, List<Invariants.Violation> broken) {
    violations.increment(broken.size());
  }

  /** What came back of an eviction or the deletion of a pod. */
  public void answered(EvictionAnswer answer) {
    meters.answered(answer);
  }
}
