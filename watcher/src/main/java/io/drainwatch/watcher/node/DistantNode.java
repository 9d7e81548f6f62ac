package io.drainwatch.watcher.node;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.distant.DistantAction;
import io.drainwatch.drainer.distant.DistantObservation;
import io.drainwatch.drainer.distant.DistantState;
import io.drainwatch.drainer.distant.DistantStep;
import io.drainwatch.drainer.distant.DistantWork;
import io.drainwatch.drainer.distant.PaperNote;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Hook;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.nodes.ObservationNote.Health;
import io.drainwatch.watcher.daemon.NodeSide;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Form {@code controller}: the drainer works on this daemon's Node; the two talk through what
 * stands on it. One virtual thread takes in what is observed, in the order it comes; calls that
 * block have one each. What is decided is {@link DistantWork}'s.
 */
public final class DistantNode implements NodeSide {
  private static final Logger LOG = LoggerFactory.getLogger("drainwatch");

  /** Nobody tells of the metadata service's health: it is looked at as often. */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(5);

  /** As often as it takes until the compiler has had most of it. */
  private static final int WARM = 20;

  private final String nodeName;
  private final DistantWork work;
  private final Cluster cluster;
  private final InstantSource clock;
  private final ConditionSource conditions;
  private final NodesOfGroup group;

  // what is to be looked up for an observation is looked up on the thread that takes it in
  private final BlockingQueue<Supplier<DistantObservation>> inbox = new LinkedBlockingQueue<>();
  private final Map<String, Runnable> acknowledgements = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile DistantState state;
  private volatile boolean closed;
  private Consumer<Observation> report = ignored -> {};
  private Optional<Inside> inside = Optional.empty();
  private Optional<Cluster.Watching> nodeWatch = Optional.empty();
  private Optional<String> listedFor = Optional.empty();
  private Set<Hook> planned = Set.of();

  /** Without AKS's conditions. */
  public DistantNode(String nodeName, DistantWork work, Cluster cluster, InstantSource clock) {
    this(nodeName, work, cluster, clock, false, false);
  }

  /**
   * @param cluster closed with this
   * @param aksConditions whether they are a source of events where the metadata service is away
   * @param othersAreSeen whether the other Nodes of the group are looked at
   */
  public DistantNode(
      String nodeName,
      DistantWork work,
      Cluster cluster,
      InstantSource clock,
      boolean aksConditions,
      boolean othersAreSeen) {
    conditions = new ConditionSource(aksConditions, clock);
    group = NodesOfGroup.of(othersAreSeen, nodeName, cluster);
    this.nodeName = nodeName;
    this.work = work;
    this.cluster = cluster;
    this.clock = clock;
    state = DistantState.of(nodeName);
    thread = Thread.ofVirtual().name("drainwatch-node-" + nodeName).unstarted(this::run);
  }

  @Override
  public void start(Consumer<Observation> reportTo, Inside daemon) {
    report = reportTo;
    inside = Optional.of(daemon);
    nodeWatch =
        Optional.of(
            cluster.watchNode(
                nodeName,
                reading -> {
                  conditions.seen(reading);
                  observe(new DistantObservation.NodeSeen(reading));
                }));
    thread.start();
  }

  @Override
  public void warmUp() {
    for (int i = 0; i < WARM; i++) {
      PaperNote.write(clock.instant());
    }
    if (work.writes()) {
      PatchRehearsal.of(nodeName, cluster);
    }
  }

  @Override
  public void stepped(Watch watch, List<Action> asked) {
    inbox.add(() -> new DistantObservation.Stepped(watch, health(), planned(watch)));
  }

  @Override
  public void readAgain(Watch watch) {
    if (state.goesByEachDocument()) {
      inbox.add(() -> new DistantObservation.ReadAgain(watch, health()));
    }
  }

  @Override
  public void clockStepped(Duration by) {
    conditions.clockStepped(by);
    observe(new DistantObservation.ClockStepped(by));
  }

  @Override
  public void polled() {
    inside.flatMap(daemon -> conditions.polled(daemon.metadata())).ifPresent(report);
    group.lookIfDue(report);
  }

  @Override
  public Optional<String> vmName() {
    return conditions.vmName();
  }

  @Override
  public void whenAckable(String eventId, Runnable send) {
    acknowledgements.put(eventId, send);
    // on the thread that has just tried to write the record
    boolean journaled = inside.filter(Inside::isRecordOnDisk).isPresent();
    observe(new DistantObservation.AcknowledgeAsked(eventId, journaled));
  }

  @Override
  public void acknowledged(String eventId, int status) {
    observe(new DistantObservation.Acknowledged(eventId, status));
  }

  @Override
  public Duration unattended() {
    return state
        .unansweredSince()
        .map(since -> Duration.between(since, clock.instant()))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  private void observe(DistantObservation observation) {
    inbox.add(() -> observation);
  }

  private void run() {
    while (!closed) {
      try {
        Optional<Supplier<DistantObservation>> next = await();
        if (!closed) {
          step(next.map(Supplier::get).orElseGet(() -> new DistantObservation.Tick(health())));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | StackOverflowError | LinkageError e) {
        // a bug must not silence this machine: the next observation comes within seconds
        LOG.error("a step of the work for Node {} failed, the next is made as usual", nodeName, e);
      }
    }
  }

  private Optional<Supplier<DistantObservation>> await() throws InterruptedException {
    Instant now = clock.instant();
    Duration wait =
        work.wakeAt(state, now)
            .map(at -> Duration.between(now, at))
            .filter(longest -> longest.compareTo(LONGEST_IDLE) < 0)
            .orElse(LONGEST_IDLE);
    return Optional.ofNullable(inbox.poll(wait.toMillis() + 1, TimeUnit.MILLISECONDS));
  }

  private void step(DistantObservation observation) {
    DistantStep step = work.next(state, observation, clock.instant());
    state = step.state();
    step.actions().forEach(this::carryOut);
  }

  private void carryOut(DistantAction action) {
    switch (action) {
      case DistantAction.Report(var observation) -> {
        if (observation instanceof Observation.AcknowledgeWithheld(String eventId)) {
          acknowledgements.remove(eventId); // the core asks again
        }
        report.accept(observation);
      }
      case DistantAction.Acknowledge(String eventId) ->
          Optional.ofNullable(acknowledgements.remove(eventId)).ifPresent(Runnable::run);
      case DistantAction.ReadNode() ->
          beside(
              () -> new DistantObservation.NodeRead(cluster.readNode(nodeName)),
              why -> new DistantObservation.NodeRead(new NodeReading.Unknown(why)));
      case DistantAction.Patch(var patch) ->
          beside(
              () -> new DistantObservation.Written(cluster.patchNode(nodeName, patch)),
              why -> new DistantObservation.Written(new WriteAnswer.Unclear(why)));
      case DistantAction.Tell(var news) -> cluster.tell(news);
      case DistantAction.Trouble(String text) -> LOG.warn("{}", text);
    }
  }

  // each is answered exactly once, or nothing would ever be written again
  private void beside(
      Supplier<DistantObservation> call, Function<String, DistantObservation> instead) {
    Thread.ofVirtual()
        .name("drainwatch-call-" + nodeName)
        .start(
            () -> {
              DistantObservation answer = answer(call, instead);
              inbox.add(() -> answer);
            });
  }

  private DistantObservation answer(
      Supplier<DistantObservation> call, Function<String, DistantObservation> instead) {
    try {
      return call.get();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.error("a call about Node {} failed in itself", nodeName, e);
      return instead.apply(e.getClass().getSimpleName());
    }
  }

  private Health health() {
    return inside
        .map(
            daemon ->
                switch (daemon.metadata().state()) {
                  case OK -> Health.OK;
                  case WARMING -> Health.WARMING;
                  case DEGRADED -> Health.DEGRADED;
                })
        .orElse(Health.WARMING);
  }

  /** Looked for once in an episode, before its first word goes out. */
  private Set<Hook> planned(Watch watch) {
    Optional<String> episode = watch.episode().map(Episode::id);
    if (!episode.equals(listedFor)) {
      listedFor = episode;
      planned =
          episode.isPresent()
              ? inside.map(daemon -> daemon.hooksWithScripts(watch)).orElse(Set.of())
              : Set.of();
    }
    return planned;
  }

  /** The Node stays as it is; after a start the journal and the Node tell how to go on. */
  @Override
  public boolean seesTheGroup() {
    return group.isOn();
  }

  @Override
  public void close() {
    closed = true;
    nodeWatch.ifPresent(Cluster.Watching::close);
    thread.interrupt();
    cluster.close();
  }
}
