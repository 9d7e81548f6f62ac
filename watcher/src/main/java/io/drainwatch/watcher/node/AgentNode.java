package io.drainwatch.watcher.node;

import io.drainwatch.drainer.budget.Pools;
import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.SharedAcknowledgement;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodework.Machines;
import io.drainwatch.drainer.nodework.NodeActor;
import io.drainwatch.drainer.nodework.NodeFigures;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.drainer.nodework.NodeObservation;
import io.drainwatch.drainer.nodework.NodeWork;
import io.drainwatch.drainer.nodework.PaperCore;
import io.drainwatch.drainer.nodework.PaperDrain;
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
  /** As often as it takes until the compiler has had most of it. */
  private static final int WARM = 20;

  private final String nodeName;
  private final NodeWork work;
  private final Cluster cluster;
  private final InstantSource clock;
  private final Consumer<NodeNote> notes;
  private final Map<String, Runnable> acknowledgements = new ConcurrentHashMap<>();
  private final ConditionSource conditions;
  private final NodesOfGroup group;
  private final OtherRecords others;
  private Counts counts = Counts.NOBODY;
  private volatile Optional<NodeActor> actor = Optional.empty();
  private Optional<Cluster.Watching> nodeWatch = Optional.empty();
  private Optional<Inside> inside = Optional.empty();
  private Consumer<Observation> report = ignored -> {};

  /** Without AKS's conditions. */
  public AgentNode(
      String nodeName,
      NodeWork work,
      Cluster cluster,
      InstantSource clock,
      Consumer<NodeNote> notes) {
    this(nodeName, work, cluster, clock, notes, false, Optional.empty());
  }

  /**
   * @param cluster closed with this
   * @param aksConditions whether they are a source of events where the metadata service is away
   * @param othersAreSeen whether the other Nodes are listed, and then who decides about a VM that
   *     is none; the core's lifecycle must leave them to this ({@code othersJudgedElsewhere})
   */
  public AgentNode(
      String nodeName,
      NodeWork work,
      Cluster cluster,
      InstantSource clock,
      Consumer<NodeNote> notes,
      boolean aksConditions,
      Optional<SharedAcknowledgement> othersAreSeen) {
    this.nodeName = nodeName;
    this.work = work;
    this.cluster = cluster;
    this.clock = clock;
    this.notes = notes;
    conditions = new ConditionSource(aksConditions, clock);
    group = NodesOfGroup.of(othersAreSeen.isPresent(), nodeName, cluster);
    others =
        new OtherRecords(
            othersAreSeen.isPresent(),
            othersAreSeen.orElse(SharedAcknowledgement.NEVER),
            cluster::listNodes,
            System::nanoTime,
            look -> Thread.ofVirtual().name("drainwatch-others-" + nodeName).start(look));
  }

  @Override
  public Optional<String> nodeName() {
    return Optional.of(nodeName);
  }

  @Override
  public Optional<String> pool() {
    return actor
        .flatMap(running -> running.state().node())
        .map(node -> Pools.of(node.labels()))
        .filter(pool -> !pool.equals(Pools.NO_POOL));
  }

  @Override
  public void countedBy(Supplier<Counts> asked) {
    counts = asked.get();
  }

  @Override
  public void start(Consumer<Observation> reportTo, Inside daemon) {
    report = reportTo;
    inside = Optional.of(daemon);
    NodeActor running =
        new NodeActor(
                nodeName,
                work,
                new CountedRequests(cluster, counts::answered),
                clock,
                () -> ThreadLocalRandom.current().nextDouble(),
                reported(reportTo),
                this::acknowledge,
                notes.andThen(counts::noted),
                Machines.UNTOLD)
            .startWithoutWatch();
    actor = Optional.of(running);
    nodeWatch =
        Optional.of(
            cluster.watchNode(
                nodeName,
                reading -> {
                  running.observe(new NodeObservation.NodeRead(reading, false));
                  conditions.seen(reading);
                }));
  }

  @Override
  public void warmUp() {
    for (int i = 0; i < WARM; i++) {
      PaperDrain.of(work.settings(), new PaperCore(), clock.instant());
    }
    if (work.settings().writes()) {
      PatchRehearsal.of(nodeName, cluster);
    }
  }

  private Consumer<Observation> reported(Consumer<Observation> core) {
    return observation -> {
      if (observation instanceof Observation.AcknowledgeWithheld(String eventId)) {
        acknowledgements.remove(eventId); // the core asks again
      }
      core.accept(observation);
    };
  }

  @Override
  public void whenAckable(String eventId, Runnable send) {
    acknowledgements.put(eventId, send);
    // on the thread that has just tried to write the record
    boolean journaled = inside.filter(Inside::isRecordOnDisk).isPresent();
    if (!others.haveASay(eventId)) {
      askTheNode(eventId, journaled);
      return;
    }
    others.ask(
        eventId,
        allowed -> {
          if (allowed) {
            askTheNode(eventId, journaled);
          } else if (acknowledgements.remove(eventId) != null) {
            report.accept(new Observation.AcknowledgeWithheld(eventId));
          }
        });
  }

  // The last to be asked: the list of the others takes its time, and this Node's own permit is of
  // the moment in which the request leaves.
  private void askTheNode(String eventId, boolean journaled) {
    actor.ifPresent(
        running -> running.observe(new NodeObservation.AcknowledgeAsked(eventId, journaled)));
  }

  private void acknowledge(String eventId) {
    Optional.ofNullable(acknowledgements.remove(eventId)).ifPresent(Runnable::run);
  }

  @Override
  public void polled() {
    inside.flatMap(daemon -> conditions.polled(daemon.metadata())).ifPresent(report);
    group.lookIfDue(report);
    others.lookIfDue(eventId -> report.accept(new Observation.AcknowledgeAllowed(eventId)));
  }

  @Override
  public Optional<String> vmName() {
    return conditions.vmName();
  }

  @Override
  public void stepped(Watch watch, List<Action> asked) {
    others.stepped(watch);
    actor.ifPresent(running -> running.stepped(watch, asked));
  }

  @Override
  public NodeFigures figures() {
    return actor.map(running -> running.state().figures(clock.instant())).orElse(NodeFigures.NONE);
  }

  @Override
  public void clockStepped(Duration by) {
    conditions.clockStepped(by);
    actor.ifPresent(running -> running.observe(new NodeObservation.ClockStepped(by)));
  }

  @Override
  public boolean seesTheGroup() {
    return group.isOn();
  }

  @Override
  public void close() {
    nodeWatch.ifPresent(Cluster.Watching::close);
    actor.ifPresent(NodeActor::close);
    cluster.close();
  }
}
