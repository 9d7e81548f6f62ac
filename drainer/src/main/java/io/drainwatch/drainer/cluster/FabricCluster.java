package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.nodes.NodePatchJson;
import io.drainwatch.drainer.pods.PodFacts;
import io.fabric8.kubernetes.client.Config;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A cluster behind fabric8's HTTP client. Only its configuration and its transport are used; see
 * {@link OneTryHttp} for why.
 */
public final class FabricCluster implements Cluster {
  /** Ten pages of a large cluster take longer than one answer. */
  private static final int PATIENCE_FOR_NODES = 3;

  /**
   * Requests about Nodes under way: a drainer whose thousands of Nodes are hit in the same second
   * has them wait in line here, and not in the API server, whose own limit is some hundreds for
   * everybody. One Node has one or two.
   */
  static final int MOST_AT_ONCE = 100;

  private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
  private final Wire wire;
  private final InstantSource clock;
  private final WatchTimes times;
  private final EventSender events;
  private final Discovery discovery;
  private final RequestPace pace = new RequestPace(RequestPace.PER_SECOND, RequestPace.BURST);
  private final SharedBudgets budgets;
  private final Set<Watching> watches = ConcurrentHashMap.newKeySet();

  FabricCluster(
      Config config,
      ClusterConnection connection,
      InstantSource clock,
      Duration limit,
      WatchTimes times) {
    this(wire(config, clock, limit), connection, clock, times);
  }

  FabricCluster(Wire wire, ClusterConnection connection, InstantSource clock, WatchTimes times) {
    this.wire = wire;
    this.clock = clock;
    this.times = times;
    events = new EventSender(wire, connection, clock);
    discovery = new Discovery(wire);
    budgets = new SharedBudgets(listener -> new BudgetWatch(wire, budgets(), times, listener));
  }

  private static Wire wire(Config config, InstantSource clock, Duration limit) {
    config.setUserAgent("drainwatch");
    FreshToken token = new FreshToken(config, clock);
    return new Wire(OneTryHttp.of(config, token), config, token, limit);
  }

  /**
   * Nothing is sent yet.
   *
   * @throws IllegalArgumentException the kubeconfig cannot be used; the message says why
   */
  public static FabricCluster connect(ClusterConnection connection, InstantSource clock) {
    return new FabricCluster(
        Configs.of(connection), connection, clock, Wire.LIMIT, WatchTimes.USUAL);
  }

  @Override
  public NodeReading readNode(String node) {
    return switch (inTurn(() -> wire.ask(Asked.get(Asked.nodePath(node))))) {
      case Reply.Http http when http.isAbsent("nodes", node) -> new NodeReading.Gone();
      case Reply.Http http when http.status() == 200 ->
          NodeReader.read(http)
              .<NodeReading>map(NodeReading.Found::new)
              .orElseGet(() -> new NodeReading.Unknown("no Node in the answer: " + http.why()));
      case Reply other ->
          new NodeReading.Unknown(Line.of("GET Node " + node + ": " + other.told()));
    };
  }

  @Override
  public WriteAnswer patchNode(String node, NodePatch patch) {
    return patch(node, Asked.patch(Asked.nodePath(node), NodePatchJson.write(patch)));
  }

  @Override
  public WriteAnswer patchConditions(String node, ConditionPatch patch) {
    return patch(node, Asked.patch(Asked.nodePath(node) + "/status", NodePatchJson.write(patch)));
  }

  private WriteAnswer patch(String node, Asked asked) {
    return switch (inTurn(() -> wire.ask(asked))) {
      case Reply.None none -> new WriteAnswer.Unclear("PATCH Node " + node + ": " + none.told());
      case Reply.Http http -> written(node, http);
    };
  }

  private static WriteAnswer written(String node, Reply.Http http) {
    String why = "PATCH Node " + node + ": " + http.why();
    return switch (http.status()) {
      case 200 ->
          NodeReader.read(http)
              .<WriteAnswer>map(WriteAnswer.Done::new)
              .orElseGet(() -> new WriteAnswer.Unclear(why));
      case 404 ->
          http.isAbsent("nodes", node) ? new WriteAnswer.Gone() : new WriteAnswer.Unclear(why);
      case 409 -> new WriteAnswer.Conflict();
      case 400, 403, 405, 413, 415, 422 -> new WriteAnswer.Refused(http.status(), why);
      default -> new WriteAnswer.Unclear(why);
    };
  }

  @Override
  public PodListing listPods(String node) {
    return inTurn(() -> listing(pods(node), wire.limit()));
  }

  private <T> T inTurn(Supplier<T> call) {
    turns.acquireUninterruptibly();
    try {
      return call.get();
    } finally {
      turns.release();
    }
  }

  @Override
  public AttachmentListing listAttachments(String node) {
    Lists<AttachmentReader> all =
        new Lists<>(
            wire,
            clock,
            "/apis/storage.k8s.io/v1/volumeattachments",
            "",
            "VolumeAttachmentList",
            AttachmentReader::read);
    return switch (all.read(wire.limit())) {
      case Listing.Complete<AttachmentReader> found ->
          new AttachmentListing.Complete(
              found.items().stream()
                  .filter(each -> each.nodeName().equals(node))
                  .map(AttachmentReader::volume)
                  .toList(),
              found.begun());
      case Listing.Failed<AttachmentReader> failed ->
          new AttachmentListing.Failed(Line.of(failed.why()));
    };
  }

  private static PodListing listing(Lists<PodFacts> pods, Duration limit) {
    return switch (pods.read(limit)) {
      case Listing.Complete<PodFacts> all ->
          new PodListing.Complete(all.items(), all.begun(), all.ended(), all.serverNow());
      case Listing.Failed<PodFacts> failed ->
          new PodListing.Failed(failed.why(), failed.retryAfter());
    };
  }

  @Override
  public Watching watchPods(String node, Consumer<PodsSeen> listener) {
    PodWatch watch = new PodWatch(wire, pods(node), clock, times, listener);
    watch.begin();
    return kept(watch);
  }

  @Override
  public Watching watchNode(String node, Consumer<NodeReading> listener) {
    NodeWatch watch = new NodeWatch(wire, node, times, () -> readNode(node), listener);
    watch.start();
    return kept(watch);
  }

  @Override
  public Watching watchNodes(NodeListener listener) {
    NodesWatch watch = new NodesWatch(wire, nodes(), times, listener);
    watch.start();
    return kept(watch);
  }

  @Override
  public Watching watchBudgets(BudgetListener listener) {
    return budgets.join(listener);
  }

  private Lists<BudgetStatus> budgets() {
    return new Lists<>(
        wire, clock, BudgetWatch.PATH, "", "PodDisruptionBudgetList", BudgetReader::read);
  }

  public NodesListing listNodes() {
    return switch (nodes().read(wire.limit().multipliedBy(PATIENCE_FOR_NODES))) {
      case Listing.Complete<NodeFacts> all -> new NodesListing.Complete(all.items());
      case Listing.Failed<NodeFacts> failed -> new NodesListing.Failed(Line.of(failed.why()));
    };
  }

  private Lists<NodeFacts> nodes() {
    return new Lists<>(wire, clock, "/api/v1/nodes", "", "NodeList", NodeReader::read);
  }

  private Watching kept(WatchLoop watch) {
    watches.add(watch);
    return () -> {
      watches.remove(watch);
      watch.close();
    };
  }

  private Lists<PodFacts> pods(String node) {
    return pods("/api/v1/pods", "spec.nodeName=" + node);
  }

  private Lists<PodFacts> pods(String path, String selector) {
    return new Lists<>(
        wire,
        clock,
        path,
        selector,
        "PodList",
        ApiJson.DROPPED_BUT_STATUSES,
        json -> Optional.of(PodReader.read(json)));
  }

  @Override
  public Sent send(EvictionRequest.ForPod request, Consumer<EvictionAnswer> answered) {
    return sendAfter(wait(RequestPace::take), PodRequestJson.of(request), answered);
  }

  @Override
  public Sent sendHurried(EvictionRequest.ForPod request, Consumer<EvictionAnswer> answered) {
    return sendAfter(wait(RequestPace::takeHurried), PodRequestJson.of(request), answered);
  }

  private Duration wait(BiFunction<RequestPace, Long, Duration> place) {
    synchronized (pace) {
      return place.apply(pace, System.nanoTime());
    }
  }

  private Sent sendAfter(Duration wait, Asked asked, Consumer<EvictionAnswer> answered) {
    PodRequest sent = new PodRequest(wire, wait, asked, answered);
    sent.begin();
    return sent;
  }

  @Override
  public EvictionAnswer tryEviction(EvictablePod pod) {
    CompletableFuture<EvictionAnswer> answer = new CompletableFuture<>();
    sendAfter(wait(RequestPace::take), PodRequestJson.onTrial(pod), answer::complete);
    return answer.join();
  }

  @Override
  public WriteAnswer rehearsePatch(String node) {
    return patch(node, Asked.patch(Asked.nodePath(node) + "?dryRun=All", "{}"));
  }

  @Override
  public boolean knowsEvictions() {
    return discovery.knowsEvictions();
  }

  @Override
  public void readToken() {
    wire.readToken();
  }

  @Override
  public void tell(NodeNews news) {
    events.tell(news);
  }

  /** StatefulSets, claims and their pods, on the same connection. */
  public StatefulCluster stateful() {
    return new FabricStatefulCluster(wire, clock, times, events::tell, this::kept);
  }

  /** All pods of a namespace, as complete as {@link #listPods}. */
  public PodListing listPodsIn(String namespace) {
    return listing(
        pods("/api/v1/namespaces/" + Asked.encoded(namespace) + "/pods", ""), wire.limit());
  }

  /**
   * How long ago the server served us, whatever it said; empty: not yet. That it does not know us
   * or is overloaded does not count.
   */
  public Optional<Duration> sinceLastAnswer() {
    return wire.sinceLastAnswer();
  }

  /** Of Events that could not be sent for lack of room. */
  public long droppedEvents() {
    return events.dropped();
  }

  /**
   * The Lease of the leader among several drainers, on the same connection.
   *
   * @param holder who we are; another for each process
   */
  public LeaderLease lease(
      String namespace, String name, String holder, LeaderLease.Listener listener) {
    return new LeaderLease(
        wire,
        clock,
        System::nanoTime,
        LeaseRule.USUAL,
        new LeaderLease.Named(namespace, name, holder),
        listener);
  }

  @Override
  public void close() {
    watches.forEach(Watching::close);
    budgets.close();
    events.close();
    wire.close();
  }
}
