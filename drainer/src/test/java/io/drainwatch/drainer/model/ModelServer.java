package io.drainwatch.drainer.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A {@link ModelCluster} behind a socket on the loopback, as fabric8's client and kubectl ask for
 * it: plain HTTP, JSON. From when it is open the cluster is only to be touched through {@link
 * #with}. Who comes with TLS is turned away in the handshake; a fault TLS breaks a plain connection
 * off, if the client does not ask first ({@link #failsHandshake}) and comes with TLS then.
 */
public final class ModelServer implements AutoCloseable {
  private static final int BACKLOG = 1_024;
  private static final Duration STEP = Duration.ofMillis(5);

  private volatile ModelCluster cluster;
  private volatile Gate gate;
  private volatile Routes routes;
  private volatile Pages pages;
  private final ServerSocket listening;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Optional<InstantSource> clock;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
  private final Set<Stream> streams = new LinkedHashSet<>();
  private final AtomicInteger parkedCalls = new AtomicInteger();
  private final AtomicInteger parkedEvents = new AtomicInteger();
  private volatile Runnable onlooker = () -> {};
  private Duration bookmarks = Duration.ofSeconds(60);
  private Optional<String> token = Optional.empty();

  private ModelServer(ModelCluster cluster, Optional<InstantSource> clock) {
    this.cluster = cluster;
    this.clock = clock;
    this.gate = new Gate(cluster);
    this.pages = new Pages(cluster.store());
    this.routes = new Routes(cluster, gate, pages);
    try {
      listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    workers.execute(this::accept);
    if (clock.isPresent()) {
      ticker.scheduleWithFixedDelay(
          () -> with(it -> it), 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Its time passes by {@link #advance} only. */
  public static ModelServer stepped(ModelCluster cluster) {
    return new ModelServer(cluster, Optional.empty());
  }

  /** Its time is this clock's; the cluster must begin at or before it. */
  public static ModelServer by(InstantSource clock, ModelCluster cluster) {
    return new ModelServer(cluster, Optional.of(clock));
  }

  /** From now on it serves another cluster, and knows nothing of the one before. */
  public void become(ModelCluster other) {
    closeWatches();
    lock.lock();
    try {
      cluster = other;
      gate = new Gate(other);
      pages = new Pages(other.store());
      routes = new Routes(other, gate, pages);
      streams.clear();
      parkedCalls.set(0);
      parkedEvents.set(0);
    } finally {
      lock.unlock();
    }
  }

  public String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /**
   * @return the file, which names this server in its one context
   */
  public Path writeKubeconfig(Path file) throws IOException {
    Files.writeString(file, KubeconfigText.of(url(), token.orElse("model")));
    return file;
  }

  /** Looks at the cluster or changes it, while nobody else does. */
  public <T> T with(Function<ModelCluster, T> deed) {
    lock.lock();
    try {
      stepToClock();
      return deed.apply(cluster);
    } finally {
      lock.unlock();
    }
  }

  public void advance(Duration by) {
    with(
        it -> {
          it.advance(by);
          return it;
        });
  }

  /** To be planned before the requests come, or {@link #with} the cluster. */
  public Faults faults() {
    return gate.faults();
  }

  public List<ModelRequest> requests() {
    return gate.requests();
  }

  public List<ModelRequest> requests(Verb verb) {
    return requests().stream().filter(each -> each.verb() == verb).toList();
  }

  /** Each that came, however often. */
  public Set<Call> calls() {
    return gate.calls();
  }

  /** How many there were since the beginning, also those that were forgotten. */
  public long count(Verb verb) {
    return gate.count(verb);
  }

  public void forgetRequests() {
    gate.forgetRequests();
  }

  /** Of watches opened from now on. */
  public void bookmarksEvery(Duration time) {
    bookmarks = time;
  }

  /** 401 for whoever comes with another; without a call any will do. */
  public void accept(String bearer) {
    token = Optional.of(bearer);
  }

  public void knowsEvictions(boolean knows) {
    routes.knowsEvictions(knows);
  }

  /** The server ends all watches in due form. */
  public void closeWatches() {
    closeWatch("");
  }

  /** The same of those of {@code pods n1} or {@code node n1}. */
  public void closeWatch(String watched) {
    with(
        it -> {
          streams.stream()
              .filter(each -> watched.isEmpty() || each.watched().equals(watched))
              .forEach(Stream::close);
          return it;
        });
  }

  /** And forgets what happened before: who goes on from there gets 410. */
  public void expireWatches() {
    with(
        it -> {
          it.compact();
          return it;
        });
    closeWatches();
  }

  public void expireContinueTokens() {
    with(
        it -> {
          pages.expire();
          return it;
        });
  }

  /** How many lines the open watch of {@code pods n1} has been told, its end too. */
  public Optional<Integer> told(String watched) {
    return with(
        it ->
            streams.stream()
                .filter(each -> each.watched().equals(watched))
                .map(Stream::said)
                // one that is over may be there for a moment beside the one that was opened since
                .reduce((before, newest) -> newest));
  }

  /** How many requests wait for the cluster's time to pass; without those of Events. */
  public int parkedCalls() {
    return parkedCalls.get();
  }

  public int parkedEvents() {
    return parkedEvents.get();
  }

  /** Told whenever a request has come in, or waits for time to pass; must return at once. */
  public void onlooker(Runnable listener) {
    onlooker = listener;
  }

  /** Whether this request is to fail by TLS; it counts, and is to be sent by https. */
  public boolean failsHandshake(Verb verb, String target) {
    boolean fails = with(it -> gate.failsBefore(verb, target, Fault.TLS));
    if (fails) {
      onlooker.run();
    }
    return fails;
  }

  public int openWatches() {
    return with(it -> streams.size());
  }

  private void stepToClock() {
    clock.ifPresent(
        source -> {
          Duration behind = Duration.between(cluster.now(), source.instant());
          if (behind.isPositive()) {
            cluster.advance(behind);
          }
        });
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        connections.add(socket);
        workers.execute(() -> serve(socket));
      }
    } catch (IOException | RejectedExecutionException e) {
      // closed: nobody is to be served any more
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      if (Handshake.isTls(in)) {
        Handshake.refuse(in, socket.getOutputStream());
        return;
      }
      Optional<Exchange> exchange = Exchange.read(socket, in);
      while (exchange.isPresent() && handle(exchange.get())) {
        exchange = Exchange.read(socket, in);
      }
    } catch (IOException e) {
      // the client has gone away
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }

  private boolean handle(Exchange exchange) throws IOException, InterruptedException {
    Wanted wanted = gate.noted(Wanted.read(exchange));
    if (token.filter(it -> !wanted.auth().equals("Bearer " + it)).isPresent()) {
      Answering.send(
          exchange,
          serverNow(),
          Routes.Sent.of(ModelAnswer.failure(401, "Unauthorized", "Unauthorized")));
      return true;
    }
    Optional<Selection> watched = with(it -> routes.watched(wanted));
    if (watched.isPresent()) {
      return watch(exchange, wanted, watched.get());
    }
    Reply<Routes.Sent> reply = with(it -> routes.answer(wanted));
    onlooker.run();
    boolean isEvent = wanted.path().endsWith("/events");
    await(Answering.takes(reply), isEvent ? parkedEvents : parkedCalls);
    return Answering.send(exchange, serverNow(), reply);
  }

  private Instant serverNow() {
    return with(ModelCluster::serverNow);
  }

  private boolean watch(Exchange exchange, Wanted wanted, Selection selection)
      throws IOException, InterruptedException {
    Stream stream = new Stream(cluster, selection);
    Reply<Optional<Stream>> reply = with(it -> opened(stream, wanted, selection));
    if (!(reply instanceof Reply.Said<Optional<Stream>>(var opened, boolean slow))) {
      ended(stream);
      Reply<Routes.Sent> instead = Answering.instead(reply);
      await(Answering.takes(instead), parkedCalls);
      return Answering.send(exchange, serverNow(), instead);
    }
    try {
      if (slow) {
        await(Answering.SLOW, parkedCalls);
      }
      exchange.begin(200, Answering.headers(serverNow(), Answering.JSON));
      for (Optional<ObjectNode> line = stream.next(); line.isPresent(); line = stream.next()) {
        exchange.chunk(Answering.bytes(line.get() + "\n"));
      }
      exchange.chunk(new byte[0]);
      return true;
    } finally {
      ended(stream);
    }
  }

  private void ended(Stream stream) {
    with(
        it -> {
          stream.close();
          return streams.remove(stream);
        });
  }

  private Reply<Optional<Stream>> opened(Stream stream, Wanted wanted, Selection selection) {
    return gate.ask(
        Verb.WATCH,
        selection.watched(),
        "",
        () -> {
          String since = wanted.ask("resourceVersion");
          String end = wanted.ask("timeoutSeconds");
          streams.add(stream);
          stream.begin(
              since.isEmpty() ? 0 : Long.parseLong(since),
              wanted.ask("allowWatchBookmarks").isEmpty() ? Duration.ZERO : bookmarks,
              end.isEmpty()
                  ? Optional.empty()
                  : Optional.of(Duration.ofSeconds(Long.parseLong(end))));
          return Optional.of(stream);
        });
  }

  /** By the cluster's time. */
  private void await(Duration time, AtomicInteger parked) throws InterruptedException {
    if (time.isPositive()) {
      CountDownLatch over = new CountDownLatch(1);
      with(
          it -> {
            parked.incrementAndGet();
            it.in(
                time,
                () -> {
                  parked.decrementAndGet();
                  over.countDown();
                });
            return it;
          });
      onlooker.run();
      over.await();
    }
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    closeWatches();
    try {
      listening.close();
      for (Socket each : connections) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    workers.shutdownNow();
  }
}
