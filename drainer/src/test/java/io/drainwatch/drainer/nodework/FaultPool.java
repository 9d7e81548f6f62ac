package io.drainwatch.drainer.nodework;

import io.drainwatch.drainer.cluster.SocketReach;
import io.drainwatch.drainer.model.ModelCluster;
import io.drainwatch.drainer.model.ModelServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/**
 * Plays cases of the fault matrix, a few at a time: each has a server and a client to itself, which
 * the next one takes over. Most of a case is waiting for a socket.
 */
final class FaultPool implements AutoCloseable {
  private static final int AT_ONCE = 4;

  private final LinkedBlockingQueue<Desk> free = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final Map<FaultCase, Future<?>> played = new LinkedHashMap<>();

  private record Desk(ModelServer server, SocketReach reach) {
    static Desk open() {
      ModelCluster none = new ModelCluster(NodeRig.START);
      ModelServer server = ModelServer.stepped(none);
      return new Desk(server, new SocketReach(server, none));
    }

    void close() {
      reach.close();
      server.close();
    }
  }

  /** Begins to play them, in their order. */
  FaultPool(List<FaultCase> cases, BiConsumer<FaultCase, FaultRun> judge) {
    for (FaultCase each : cases) {
      played.put(each, threads.submit(() -> play(each, judge)));
    }
  }

  private void play(FaultCase each, BiConsumer<FaultCase, FaultRun> judge) {
    Desk desk = free.poll();
    if (desk == null) {
      desk = Desk.open();
    }
    judge.accept(each, new FaultRun(desk.server(), desk.reach(), each));
    free.add(desk); // one whose case has failed may still be busy, and is left behind
  }

  /** Fails as the case has failed. */
  void expect(FaultCase each) throws Exception {
    try {
      played.get(each).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    free.forEach(Desk::close);
  }
}
