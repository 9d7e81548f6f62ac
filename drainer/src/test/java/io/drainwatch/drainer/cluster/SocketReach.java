package io.drainwatch.drainer.cluster;

import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.evictions.EvictionRequest;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelServer;
import io.drainwatch.drainer.model.Reach;
import io.drainwatch.drainer.model.Verb;
import io.drainwatch.drainer.nodes.ConditionPatch;
import io.drainwatch.drainer.nodes.NodePatch;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The real client, its requests over real sockets, and all that it waits for under the cluster's
 * virtual time. A call runs on a thread of its own; time stands still until it is answered, or
 * waits at the server for time to pass. Two things are not the client's own: the loop around a
 * watch and its waits ({@link SteppedWatch}), because those of {@link WatchLoop} are by the real
 * clock, and the pace of requests for pods ({@link RequestPace}), likewise.
 */
public final class SocketReach implements Reach, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  static final WatchTimes TIMES =
      new WatchTimes(
          WatchTimes.USUAL.first(),
          WatchTimes.USUAL.longest(),
          WatchTimes.USUAL.crossCheck(),
          Duration.ZERO, // what is under way has arrived before time goes on
          WatchTimes.USUAL.server(),
          WatchTimes.USUAL.silence());

  final ModelServer server;
  final Wire wire;
  private final FabricCluster client;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Call<?>> calls = new ArrayList<>();
  private final List<SteppedWatch> watches = new ArrayList<>();
  private final ConcurrentLinkedQueue<Runnable> heard = new ConcurrentLinkedQueue<>();
  private volatile ModelCluster cluster;
  private final List<String> troubles = new ArrayList<>();
  private boolean mayPark = true;
  private int told;

  private static final class Call<T> {
    final Consumer<T> answered;
    Optional<T> answer = Optional.empty();

    Call(Consumer<T> answered) {
      this.answered = answered;
    }

    void handOver() {
      answered.accept(answer.orElseThrow());
    }
  }

  /** Of a server whose time is {@link #advance}d by this only. */
  public SocketReach(ModelServer server, ModelCluster first) {
    this.server = server;
    cluster = first;
    clock = () -> cluster.now();
    Config config = Config.empty();
    config.setMasterUrl(server.url() + "/");
    config.setAutoOAuthToken("token-1");
    config.setAutoConfigure(false);
    FreshToken token = new FreshToken(config, clock);
    HttpClient http =
        OneTryHttp.of(config, token)
            .newBuilder()
            .addOrReplaceInterceptor("tls where it is to fail", new TlsWhereItFails(server))
            .build();
    wire = new Wire(http, config, token, PATIENCE);
    client =
        new FabricCluster(
            wire, ClusterConnection.found("drainwatch.io/watcher", "node-1"), clock, TIMES);
    server.onlooker(this::signal);
  }

  /** Another story begins. Nothing of the one before may be under way. */
  public SocketReach become(ModelCluster next) {
    List.copyOf(watches).forEach(SteppedWatch::close);
    watches.clear();
    calls.clear();
    heard.clear();
    troubles.clear();
    told = 0;
    mayPark = true;
    cluster = next;
    server.become(next);
    return this;
  }

  /** False: no answer is waited for until time passes. */
  public void mayPark(boolean may) {
    mayPark = may;
  }

  InstantSource clock() {
    return clock;
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The answer is handed over by {@link #settle}. On a thread of its own only where time may have
   * to pass before it comes: that takes longer.
   */
  <T> void call(Supplier<T> call, Consumer<T> answered) {
    Call<T> begun = begin(answered);
    if (mayPark) {
      Thread.ofVirtual().start(() -> answer(begun, call.get()));
    } else {
      answer(begun, call.get());
    }
  }

  private <T> Call<T> begin(Consumer<T> answered) {
    Call<T> begun = new Call<>(answered);
    lock.lock();
    try {
      calls.add(begun);
    } finally {
      lock.unlock();
    }
    return begun;
  }

  private <T> void answer(Call<T> begun, T answer) {
    lock.lock();
    try {
      begun.answer = Optional.of(answer);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From any thread: told to the rig by {@link #settle}. */
  void hear(Runnable news) {
    heard.add(news);
  }

  /** Once so much time has passed, and nobody holds the cluster. */
  void after(Duration wait, Runnable what) {
    server.with(
        it -> {
          it.in(wait, () -> hear(what));
          return it;
        });
  }

  @Override
  public void advance(Duration by) {
    server.advance(by);
    settle();
  }

  @Override
  public Optional<Instant> nextDue() {
    return server.with(ModelCluster::nextDue);
  }

  @Override
  public boolean settle() {
    boolean did = false;
    boolean goesOn = true;
    while (goesOn) {
      List<Call<?>> over = quiet();
      over.forEach(Call::handOver);
      goesOn = !over.isEmpty();
      for (SteppedWatch watch : List.copyOf(watches)) {
        goesOn |= watch.read();
      }
      for (Runnable news = heard.poll(); news != null; news = heard.poll()) {
        news.run();
        goesOn = true;
      }
      did |= goesOn;
    }
    return did;
  }

  private List<Call<?>> quiet() {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (!isQuiet()) {
        left = changed.awaitNanos(left);
        if (left <= 0) {
          throw new AssertionError("no answer within " + PATIENCE + ": " + server.requests());
        }
      }
      List<Call<?>> over = calls.stream().filter(each -> each.answer.isPresent()).toList();
      calls.removeAll(over);
      return over;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean isQuiet() {
    long underWay = calls.stream().filter(each -> each.answer.isEmpty()).count();
    return underWay <= server.parkedCalls()
        && (server.parkedEvents() > 0 || server.count(Verb.POST_EVENT) >= told);
  }

  @Override
  public void readNode(String node, Consumer<NodeReading> answered) {
    call(() -> client.readNode(node), answered);
  }

  @Override
  public void patchNode(String node, NodePatch patch, Consumer<WriteAnswer> answered) {
    call(() -> client.patchNode(node, patch), answered);
  }

  @Override
  public void patchConditions(String node, ConditionPatch patch, Consumer<WriteAnswer> answered) {
    call(() -> client.patchConditions(node, patch), answered);
  }

  @Override
  public void listPods(String node, Consumer<PodListing> answered) {
    call(() -> client.listPods(node), answered);
  }

  @Override
  public Cluster.Watching watchNode(String node, Consumer<NodeReading> listener) {
    return begun(SteppedWatch.ofNode(this, client, node, listener));
  }

  @Override
  public Cluster.Watching watchPods(String node, Consumer<PodsSeen> listener) {
    return begun(SteppedWatch.ofPods(this, node, listener));
  }

  private SteppedWatch begun(SteppedWatch watch) {
    watches.add(watch);
    watch.begin();
    return watch;
  }

  void closed(SteppedWatch watch) {
    watches.remove(watch);
  }

  @Override
  public void send(EvictionRequest.ForPod request, Consumer<EvictionAnswer> answered) {
    Call<EvictionAnswer> begun = begin(answered);
    new PodRequest(wire, Duration.ZERO, PodRequestJson.of(request), answer -> answer(begun, answer))
        .begin();
  }

  @Override
  public boolean knowsEvictions() {
    return true;
  }

  @Override
  public void readToken() {
    client.readToken();
  }

  @Override
  public void tell(NodeNews news) {
    told++;
    client.tell(news);
  }

  /** What became of watches, in words. */
  public List<String> troubles() {
    return List.copyOf(troubles);
  }

  void trouble(String why) {
    troubles.add(why);
  }

  @Override
  public void close() {
    List.copyOf(watches).forEach(SteppedWatch::close);
    client.close();
  }
}
