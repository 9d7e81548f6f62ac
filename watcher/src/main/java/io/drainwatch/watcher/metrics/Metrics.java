package io.drainwatch.watcher.metrics;

import io.drainwatch.drainer.nodework.NodeFigures;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.events.AcknowledgeAnswer;
import io.drainwatch.watcher.events.Identity;
import io.drainwatch.watcher.events.Poll;
import io.drainwatch.watcher.notify.DeliveryCounts;
import io.drainwatch.watcher.report.AcknowledgeResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All metrics of the daemon, fed by what a {@link Witness} sees. Steps come from the folding
 * thread, polls, scripts and acknowledgements from theirs; the meters are safe for that, and the
 * rest of the state belongs to one of these threads alone.
 */
public final class Metrics implements Witness {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final PollMeters polls;
  private final IdentityMeters identity;
  private final EpisodeMeters episodes;
  private final HookMeters hooks;
  private final WatchGauges gauges;
  private final Map<AcknowledgeResult, Counter> acknowledgements =
      new EnumMap<>(AcknowledgeResult.class);

  private volatile Supplier<Duration> unattended = () -> Duration.ZERO;
  private volatile Optional<AckMeters> acks = Optional.empty();
  private volatile Optional<NodeGauges> drain = Optional.empty();

  /**
   * @param version of Drainwatch, for {@code drainwatch_build_info}
   */
  public Metrics(String version) {
    polls = new PollMeters(registry);
    identity = new IdentityMeters(registry);
    hooks = new HookMeters(registry);
    episodes = new EpisodeMeters(registry, hooks);
    gauges = new WatchGauges(registry);
    ProcessGauges.addTo(registry, ProcessFigures.ofThisProcess());
    for (AcknowledgeResult result : AcknowledgeResult.values()) {
      acknowledgements.put(
          result,
          Counter.builder("drainwatch.acknowledge.results")
              .description("Acknowledgements by what the metadata service answered")
              .tag("result", result.label())
              .register(registry));
    }
    Gauge.builder("drainwatch.unattended", () -> unattended.get().toMillis() / 1000.0)
        .description("For how long the drainer has owed an answer; 0: nothing is owed")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("drainwatch.build.info", () -> 1)
        .description("Always 1; the version is in the label")
        .tag("version", version)
        .register(registry);
  }

  /** On a Node that is drained from elsewhere: who knows for how long nobody has answered. */
  public void unattended(Supplier<Duration> since) {
    unattended = since;
  }

  /**
   * On a Node, in both forms: acknowledgements are counted under the names of a Node's drain too.
   */
  public void onANode() {
    AckMeters meters = new AckMeters(registry);
    acks = Optional.of(meters);
    episodes.onANode(meters);
  }

  /** Form {@code agent}: from now on what is done to the Node's pods is counted too. */
  public NodeSide.Counts ofTheNode(Supplier<NodeFigures> figures) {
    NodeMeters meters = new NodeMeters(registry);
    episodes.ofTheNode(meters);
    NodeGauges gauges = new NodeGauges(registry);
    gauges.by(figures);
    drain = Optional.of(gauges);
    return meters;
  }

  /** For whoever tells people; its metrics exist once there is a sink. */
  public DeliveryCounts ofNotices() {
    return new NotifyMeters(registry);
  }

  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /** In Prometheus's text format, version 0.0.4. */
  public String scrape() {
    drain.ifPresent(NodeGauges::look);
    return registry.scrape();
  }

  @Override
  public void stepped(Step step) {
    gauges.stepped(step);
    episodes.stepped(step);
  }

  @Override
  public void polled(Poll poll) {
    polls.polled(poll);
  }

  @Override
  public void identityAsked(Identity answer) {
    identity.asked(answer);
  }

  @Override
  public void scriptEnded(ScriptCalled call) {
    hooks.called(call);
  }

  @Override
  public void acknowledged(String eventId, int attempt, AcknowledgeAnswer answer) {
    AcknowledgeResult result = AcknowledgeResult.of(answer);
    Counter counter = acknowledgements.get(result);
    if (counter != null) {
      counter.increment();
    }
    acks.ifPresent(meters -> meters.answered(result));
  }
}
