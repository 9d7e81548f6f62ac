package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.AttachmentListing;
import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.pods.PodOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the work on one Node. One virtual thread takes in what is observed, in the order it
 * comes; calls that block have one each, so that a stop is heard while a server is silent (I7).
 */
public final class NodeActor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeActor.class);
  private static final int MOST_SILENT = 3;
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(60);

  private final NodeWork work;
  private final Cluster cluster;
  private final InstantSource clock;
  private final DoubleSupplier jitter;
  private final Consumer<Observation> report;
  private final Consumer<String> acknowledge;
  private final Consumer<NodeNote> notes;
  private final Machines machines;
  private final String nodeName;
  private final BlockingQueue<NodeObservation> inbox = new LinkedBlockingQueue<>();
  private final Map<String, Cluster.Sent> requests = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile NodeState state;
  private Optional<Cluster.Watching> nodeWatch = Optional.empty();
  private Optional<Cluster.Watching> podWatch = Optional.empty();
  private volatile boolean closed;

  /** Taken for granted until discovery says otherwise. */
  private volatile boolean knowsEvictions = true;

  /**
   * @param report where the core hears what came of its orders
   * @param jitter random numbers from 0 to 1
   * @param acknowledge told the ids of events whose acknowledgement may leave; by who asked with
   *     {@link NodeObservation.AcknowledgeAsked}
   * @param machines who can tell what became of a VM
   */
  public NodeActor(
      String nodeName,
      NodeWork work,
      Cluster cluster,
      InstantSource clock,
      DoubleSupplier jitter,
      Consumer<Observation> report,
      Consumer<String> acknowledge,
      Consumer<NodeNote> notes,
      Machines machines) {
    this.machines = machines;
    this.nodeName = nodeName;
    this.work = work;
    this.cluster = cluster;
    this.clock = clock;
    this.jitter = jitter;
    this.report = report;
    this.acknowledge = acknowledge;
    this.notes = notes;
    state = NodeState.of(nodeName, work.settings());
    thread = Thread.ofVirtual().name("drainwatch-node-" + nodeName).unstarted(this::run);
  }

  /** From now on the Node is watched by name. */
  public NodeActor start() {
    nodeWatch =
        Optional.of(
            cluster.watchNode(
                nodeName, reading -> inbox.add(new NodeObservation.NodeRead(reading, false))));
    return startWithoutWatch();
  }

  /** For who watches all Nodes anyway and says what they see by {@link #observe}. */
  public NodeActor startWithoutWatch() {
    Thread.ofVirtual().start(() -> knowsEvictions = cluster.knowsEvictions());
    thread.start();
    return this;
  }

  /** Any thread may call. */
  public void observe(NodeObservation observation) {
    inbox.add(observation);
  }

  /** The core made a step that asks for this of the Node, or for nothing. */
  public void stepped(Watch watch, List<Action> asked) {
    inbox.add(new NodeObservation.Stepped(watch.machine(), watch.episode(), asked));
  }

  public NodeState state() {
    return state;
  }

  private void run() {
    while (!closed) {
      try {
        Optional<NodeObservation> next = await();
        if (!closed) {
          step(next.orElseGet(NodeObservation.Tick::new));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | StackOverflowError | LinkageError e) {
        state = state.withoutWhatIsUnderWay();
        // a bug must not end the work on a Node: the next observation comes within a second
        LOG.error("a step of the work on Node {} failed, the next is made as usual", nodeName, e);
      }
    }
  }

  private Optional<NodeObservation> await() throws InterruptedException {
    Instant now = clock.instant();
    Duration wait =
        work.wakeAt(state, now)
            .map(at -> Duration.between(now, at))
            .filter(longest -> longest.compareTo(LONGEST_IDLE) < 0)
            .orElse(LONGEST_IDLE);
    return Optional.ofNullable(inbox.poll(wait.toMillis() + 1, TimeUnit.MILLISECONDS));
  }

  private void step(NodeObservation observation) {
    NodeStep step = work.next(state, observation, clock.instant());
    state = step.state();
    step.actions().forEach(this::carryOut);
  }

  private void carryOut(NodeAction action) {
    switch (action) {
      case NodeAction.ReadNode() ->
          beside(
              () -> new NodeObservation.NodeRead(cluster.readNode(nodeName), true),
              why -> new NodeObservation.NodeRead(new NodeReading.Unknown(why), true));
      case NodeAction.Patch(var patch) ->
          beside(
              () -> new NodeObservation.Written(cluster.patchNode(nodeName, patch)),
              why -> new NodeObservation.Written(new WriteAnswer.Unclear(why)));
      case NodeAction.PatchConditions(var patch) ->
          beside(
              () -> new NodeObservation.Written(cluster.patchConditions(nodeName, patch)),
              why -> new NodeObservation.Written(new WriteAnswer.Unclear(why)));
      case NodeAction.ListPods() ->
          beside(
              () -> new NodeObservation.Listed(cluster.listPods(nodeName)),
              why -> new NodeObservation.Listed(new PodListing.Failed(why)));
      case NodeAction.ListAttachments() ->
          beside(
              () -> new NodeObservation.Attachments(cluster.listAttachments(nodeName)),
              why -> new NodeObservation.Attachments(new AttachmentListing.Failed(why)));
      case NodeAction.TryEvictions(var pods) ->
          beside(
              () -> new NodeObservation.Tried(tried(pods)),
              why -> new NodeObservation.Tried(List.of()));
      case NodeAction.WatchPods() -> watchPods();
      case NodeAction.UnwatchPods() -> {
        podWatch.ifPresent(Cluster.Watching::close);
        podWatch = Optional.empty();
      }
      case NodeAction.Send(var request) -> send(request);
      case NodeAction.CancelRequests() -> requests.values().forEach(Cluster.Sent::cancel);
      case NodeAction.AskForMachine(String providerId) ->
          machines.ask(providerId, fate -> inbox.add(new NodeObservation.MachineSeen(fate)));
      case NodeAction.ReadToken() -> cluster.readToken();
      case NodeAction.Tell(var news) -> cluster.tell(news);
      case NodeAction.Note(var note) -> notes.accept(note);
      case NodeAction.Acknowledge(String eventId) -> acknowledge.accept(eventId);
      case NodeAction.Report(var observation) -> report.accept(observation);
    }
  }

  // each is answered exactly once, or nothing more would ever be asked for
  private void beside(Supplier<NodeObservation> call, Function<String, NodeObservation> instead) {
    Thread.ofVirtual()
        .name("drainwatch-call-" + nodeName)
        .start(
            () -> {
              NodeObservation answer;
              try {
                answer = call.get();
              } catch (RuntimeException | StackOverflowError | LinkageError e) {
                LOG.error("a call about Node {} failed in itself", nodeName, e);
                answer = instead.apply(e.getClass().getSimpleName());
              }
              inbox.add(answer);
            });
  }

  // nobody waits for it: a server that does not answer is not asked for each of 250 pods
  private List<NodeObservation.Trial> tried(List<EvictablePod> pods) {
    List<NodeObservation.Trial> trials = new ArrayList<>();
    int silent = 0;
    for (EvictablePod pod : pods) {
      if (closed || silent >= MOST_SILENT) {
        break;
      }
      EvictionAnswer answer = cluster.tryEviction(pod);
      silent = answer instanceof EvictionAnswer.Failed ? silent + 1 : 0;
      trials.add(new NodeObservation.Trial(pod, answer));
    }
    return trials;
  }

  private void watchPods() {
    Cluster.Watching watched =
        cluster.watchPods(
            nodeName, seen -> inbox.add(new NodeObservation.Pods(seen, knowsEvictions)));
    podWatch =
        Optional.of(
            work.settings().pods().has(PodOption.READ_BUDGETS)
                ? watched.with(cluster.watchBudgets(new BudgetEar(inbox::add, () -> state)))
                : watched);
    if (closed) {
      podWatch.ifPresent(Cluster.Watching::close); // nobody else would
    }
  }

  private void send(EvictionRequest.ForPod request) {
    String key = request.pod().uid() + "#" + request.attempt();
    AtomicBoolean answered = new AtomicBoolean();
    Consumer<EvictionAnswer> then =
        answer -> {
          answered.set(true);
          requests.remove(key);
          inbox.add(
              new NodeObservation.Answered(
                  request.pod().uid(), request.attempt(), answer, jitter.getAsDouble()));
        };
    Cluster.Sent sent =
        Haste.of(state.episode().flatMap(Episode::deadline), clock.instant())
            ? cluster.sendHurried(request, then)
            : cluster.send(request, then);
    requests.put(key, sent);
    if (closed) {
      sent.cancel();
    }
    if (answered.get()) {
      requests.remove(key);
    }
  }

  /** Nothing starts any more; the Node stays as it is, and a successor goes on from its record. */
  @Override
  public void close() {
    closed = true;
    nodeWatch.ifPresent(Cluster.Watching::close);
    thread.interrupt();
    requests.values().forEach(Cluster.Sent::cancel);
    podWatch.ifPresent(Cluster.Watching::close);
  }
}
