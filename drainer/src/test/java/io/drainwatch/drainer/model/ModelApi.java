package io.drainwatch.drainer.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.drainwatch.drainer.cluster.AttachmentListing;
import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeNews;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.PodListing;
import io.drainwatch.drainer.cluster.PodsSeen;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.evictions.EvictablePod;
import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.nodes.NodePatchJson;
import io.drainwatch.drainer.pods.PodFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The drain's seam to a {@link ModelCluster}, in memory. What is asked takes place at once; answers
 * to {@link #send} and what watches tell come with the next {@link #advance} (also by zero). A
 * blocking call cannot let time pass: its slow answers and time-outs come at once too.
 *
 * <p>Faults ({@link #faults}) happen to requests. A watch that is open goes on until {@link
 * #closeWatches}: its next request then meets the faults.
 */
public final class ModelApi implements Cluster {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SLOW = Duration.ofSeconds(8);

  private final ModelCluster cluster;
  private final Gate gate;
  private final List<ModelWatch> watches = new ArrayList<>();
  private final List<NodeNews> told = new ArrayList<>();
  private Duration watchDelay = Duration.ZERO;
  private Duration latency = Duration.ZERO;
  private ModelPace pace = ModelPace.none();
  private boolean knowsEvictions = true;
  private int losing;

  public ModelApi(ModelCluster cluster) {
    this.cluster = cluster;
    this.gate = new Gate(cluster);
  }

  public ModelCluster cluster() {
    return cluster;
  }

  public void advance(Duration by) {
    cluster.advance(by);
  }

  public Faults faults() {
    return gate.faults();
  }

  /** Who asks for an effect may die of it. */
  public void mayDie(Mortality how) {
    gate.mayDie(how);
  }

  /** An effect beside those on the cluster, as a POST to the platform. */
  public void effect(String what, Runnable deed) {
    gate.mortality()
        .around(
            what,
            () -> {
              deed.run();
              return true;
            });
  }

  /** In the order in which they were sent. */
  public List<ModelRequest> requests() {
    return gate.requests();
  }

  /** Those of a kind. */
  public List<ModelRequest> requests(Verb verb) {
    return requests().stream().filter(each -> each.verb() == verb).toList();
  }

  public void forgetRequests() {
    gate.forgetRequests();
  }

  /** From being sent to being answered. */
  public void latency(Duration time) {
    latency = time;
  }

  /** From a change to being told. */
  public void requestsForPods(int perSecond) {
    pace = ModelPace.of(perSecond);
  }

  public void watchDelay(Duration time) {
    watchDelay = time;
  }

  /** The next so many changes never reach the watches that are open. */
  public void loseWatchEvents(int number) {
    losing = number;
  }

  /** The server closes them; each comes back by a new list, as soon as it can. */
  public void closeWatches() {
    List.copyOf(watches).forEach(ModelWatch::cut);
  }

  /** What happened before is forgotten, and the watches are told 410. */
  public void expireWatches() {
    cluster.compact();
    closeWatches();
  }

  /** 401 for everything, until {@link #readToken}. */
  public void rotateToken() {
    gate.rotateToken();
  }

  public int tokenReads() {
    return gate.tokenReads();
  }

  public void knowsEvictions(boolean knows) {
    knowsEvictions = knows;
  }

  /** The Events that arrived. */
  public List<NodeNews> told() {
    return List.copyOf(told);
  }

  @Override
  public NodeReading readNode(String node) {
    return reading(gate.ask(Verb.GET_NODE, node, "", () -> cluster.findNode(node)));
  }

  private static NodeReading reading(Reply<Optional<ModelNode>> reply) {
    return switch (reply) {
      case Reply.Said<Optional<ModelNode>>(var found, boolean ignored) ->
          found
              .<NodeReading>map(it -> new NodeReading.Found(it.facts()))
              .orElseGet(NodeReading.Gone::new);
      case Reply.Refused<Optional<ModelNode>>(ModelAnswer.Said answer) ->
          answer.code() == 404
              ? new NodeReading.Gone()
              : new NodeReading.Unknown(Answered.line(answer));
      case Reply.Garbled<Optional<ModelNode>> garbled ->
          new NodeReading.Unknown("an answer that cannot be read: " + garbled.fault());
      case Reply.Broken<Optional<ModelNode>>(Fault fault) ->
          new NodeReading.Unknown(Answered.why(fault));
    };
  }

  @Override
  public WriteAnswer patchNode(String node, NodePatch patch) {
    String body = NodePatchJson.write(patch);
    return Answered.write(
        gate.ask(Verb.PATCH_NODE, node, body, () -> cluster.patchNode(node, json(body), true)));
  }

  @Override
  public WriteAnswer patchConditions(String node, ConditionPatch patch) {
    String body = NodePatchJson.write(patch);
    return Answered.write(
        gate.ask(Verb.PATCH_STATUS, node, body, () -> cluster.patchStatus(node, json(body), true)));
  }

  private static JsonNode json(String text) {
    try {
      return RequestJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a patch that is no JSON: " + text, e);
    }
  }

  @Override
  public PodListing listPods(String node) {
    Reply<List<PodFacts>> reply =
        gate.ask(
            Verb.LIST_PODS,
            node,
            "",
            () -> cluster.podsOn(node).stream().map(ModelPod::facts).toList());
    return switch (reply) {
      case Reply.Said<List<PodFacts>>(List<PodFacts> pods, boolean ignored) ->
          new PodListing.Complete(pods, cluster.now(), cluster.now(), cluster.serverNow());
      case Reply.Refused<List<PodFacts>>(ModelAnswer.Said answer) ->
          new PodListing.Failed(Answered.line(answer), Answered.retryAfter(answer));
      case Reply.Garbled<List<PodFacts>> garbled ->
          new PodListing.Failed("an answer that cannot be read: " + garbled.fault());
      case Reply.Broken<List<PodFacts>>(Fault fault) -> new PodListing.Failed(Answered.why(fault));
    };
  }

  @Override
  public EvictionAnswer tryEviction(EvictablePod pod) {
    String path = pod.namespace() + "/" + pod.name();
    DeleteWish wish = DeleteWish.PLAIN.ofUid(pod.uid()).onPaper();
    return Answered.eviction(
        gate.ask(
            Verb.EVICT, path, "dryRun", () -> cluster.evict(pod.namespace(), pod.name(), wish)));
  }

  @Override
  public AttachmentListing listAttachments(String node) {
    Reply<List<String>> reply = gate.ask(Verb.OTHER, node, "", () -> cluster.attachedTo(node));
    return switch (reply) {
      case Reply.Said<List<String>>(List<String> volumes, boolean ignored) ->
          new AttachmentListing.Complete(volumes, cluster.now());
      case Reply.Refused<List<String>>(ModelAnswer.Said answer) ->
          new AttachmentListing.Failed(Answered.line(answer));
      case Reply.Garbled<List<String>> garbled ->
          new AttachmentListing.Failed("an answer that cannot be read: " + garbled.fault());
      case Reply.Broken<List<String>>(Fault fault) ->
          new AttachmentListing.Failed(Answered.why(fault));
    };
  }

  @Override
  public Watching watchPods(String node, Consumer<PodsSeen> listener) {
    return opened(new ModelPodWatch(this, node, listener));
  }

  @Override
  public Watching watchNode(String node, Consumer<NodeReading> listener) {
    return opened(new ModelNodeWatch(this, node, listener));
  }

  @Override
  public Watching watchNodes(NodeListener listener) {
    return opened(new ModelNodesWatch(this, listener));
  }

  @Override
  public Watching watchBudgets(BudgetListener listener) {
    return opened(new ModelBudgetWatch(this, listener));
  }

  private ModelWatch opened(ModelWatch watch) {
    watches.add(watch);
    watch.open();
    return watch;
  }

  void closed(ModelWatch watch) {
    watches.remove(watch);
  }

  Duration watchDelay() {
    return watchDelay;
  }

  boolean losesNext() {
    return losing > 0 && losing-- > 0;
  }

  <T> Reply<T> ask(Verb verb, String target, Supplier<T> server) {
    return gate.ask(verb, target, "", server);
  }

  Reply<List<ModelBudget>> listBudgets() {
    return gate.ask(Verb.OTHER, "budgets", "", cluster::budgets);
  }

  Reply<List<NodeFacts>> allNodes() {
    return gate.ask(
        Verb.LIST_NODES, "", "", () -> cluster.nodes().stream().map(ModelNode::facts).toList());
  }

  @Override
  public Sent send(EvictionRequest.ForPod request, Consumer<EvictionAnswer> answered) {
    UnderWay underWay = new UnderWay(answered);
    Duration wait = pace.take(cluster.now());
    if (wait.isZero()) {
      send(request, underWay);
    } else {
      cluster.in(wait, () -> send(request, underWay));
    }
    return () ->
        cluster.in(
            Duration.ZERO,
            () ->
                underWay.answer(
                    new EvictionAnswer.Failed(EvictionAnswer.Failure.TIMEOUT, "given up")));
  }

  private void send(EvictionRequest.ForPod request, UnderWay underWay) {
    if (underWay.done) {
      return;
    }
    String namespace = request.pod().namespace();
    String name = request.pod().name();
    DeleteWish wish = RequestJson.wish(request);
    Verb verb =
        switch (request) {
          case EvictionRequest.Evict ignored -> Verb.EVICT;
          case EvictionRequest.Delete ignored -> Verb.DELETE_POD;
        };
    Reply<ModelAnswer> reply =
        gate.ask(
            verb,
            namespace + "/" + name,
            RequestJson.of(request),
            () ->
                verb == Verb.EVICT
                    ? cluster.evict(namespace, name, wish)
                    : cluster.delete(namespace, name, wish));
    Duration takes = latencyOf(reply);
    cluster.in(
        takes,
        () ->
            underWay.answer(
                takes.compareTo(TIMEOUT) < 0
                    ? Answered.eviction(reply)
                    : new EvictionAnswer.Failed(
                        EvictionAnswer.Failure.TIMEOUT, "no answer within 10 s")));
  }

  private Duration latencyOf(Reply<?> reply) {
    return switch (reply) {
      case Reply.Said<?>(ModelAnswer.Said said, boolean slow) when !said.takes().isZero() ->
          said.takes();
      case Reply.Said<?>(Object ignored, boolean slow) -> slow ? SLOW : latency;
      case Reply.Broken<?>(Fault fault) ->
          fault == Fault.TIMEOUT_BEFORE || fault == Fault.TIMEOUT_AFTER ? TIMEOUT : latency;
      case Reply.Refused<?> ignored -> latency;
      case Reply.Garbled<?> ignored -> latency;
    };
  }

  private static final class UnderWay {
    private final Consumer<EvictionAnswer> answered;
    private boolean done;

    UnderWay(Consumer<EvictionAnswer> answered) {
      this.answered = answered;
    }

    void answer(EvictionAnswer answer) {
      if (!done) {
        done = true;
        answered.accept(answer);
      }
    }
  }

  @Override
  public boolean knowsEvictions() {
    return knowsEvictions;
  }

  @Override
  public void readToken() {
    gate.tokenIsRead();
  }

  @Override
  public void tell(NodeNews news) {
    gate.ask(Verb.POST_EVENT, news.notice().reason(), news.detail(), () -> told.add(news));
  }

  @Override
  public void close() {
    List.copyOf(watches).forEach(ModelWatch::close);
  }
}
