package io.drainwatch.watcher.node;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodework.NodeActor;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.nodework.NodeWork;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.metrics.CountedRequests;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Form {@code agent}: the daemon works on its own Node. */
public final class AgentNode implements NodeSide {
  private final String nodeName;
  private final NodeWork work;
  private final Cluster cluster;
  private final InstantSource clock;
  private final Consumer<NodeNote> notes;
  private final Map<String, Runnable> acknowledgements = new ConcurrentHashMap<>();
  private Counts counts = Counts.NOBODY;
  private Optional<NodeActor> actor = Optional.empty();

  /**
   * @param cluster closed with this
   */
  public AgentNode(
      String nodeName,
      NodeWork work,
      Cluster cluster,
      InstantSource clock,
      Consumer<NodeNote> notes) {
    this.nodeName = nodeName;
    this.work = work;
    this.cluster = cluster;
    this.clock = clock;
    this.notes = notes;
  }

  @Override
  public void countedBy(Supplier<Counts> asked) {
    counts = asked.get();
  }

  @Override
  public void start(Consumer<Observation> report, Inside inside) {
    actor =
        Optional.of(
            new NodeActor(
                    nodeName,
                    work,
                    new CountedRequests(cluster, counts::answered),
                    clock,
                    () -> ThreadLocalRandom.current().nextDouble(),
                    reported(report),
                    this::acknowledge,
                    notes.andThen(counts::noted))
                .start());
  }

  private Consumer<Observation> reported(Consumer<Observation> report) {
    return observation -> {
      if (observation instanceof Observation.AcknowledgeWithheld(String eventId)) {
        acknowledgements.remove(eventId); // the core asks again
      }
      report.accept(observation);
    };
  }

  @Override
  public void whenAckable(String eventId, Runnable send) {
    acknowledgements.put(eventId, send);
    actor.ifPresent(running -> running.observe(new NodeObservation.AcknowledgeAsked(eventId)));
  }

  private void acknowledge(String eventId) {
    Optional.ofNullable(acknowledgements.remove(eventId)).ifPresent(Runnable::run);
  }

  @Override
  public void stepped(Watch watch, List<Action> asked) {
    actor.ifPresent(running -> running.stepped(watch, asked));
  }

  @Override
  public void clockStepped(Duration by) {
    actor.ifPresent(running -> running.observe(new NodeObservation.ClockStepped(by)));
  }

  @Override
  public void close() {
    actor.ifPresent(NodeActor::close);
    cluster.close();
  }
}
