package io.drainwatch.azure;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.cluster.NodeReading;
import io.drainwatch.drainer.cluster.WriteAnswer;
import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.fleet.StandIn;
import io.drainwatch.drainer.nodes.NodeFacts;
import io.drainwatch.drainer.nodes.NodePatch;
import io.drainwatch.drainer.nodes.NodeReadiness;
import io.drainwatch.drainer.nodes.OutsideAck;
import io.drainwatch.drainer.nodes.OutsideAcks;
import io.drainwatch.drainer.relay.LostWatcher;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Node whose annotations are written on the version that they were made from, or not at all. */
final class OneNode {
  static final String EPISODE = "episode-1";
  static final String EVENT = "0F3A9C12-0001-4E0A-9A6E-EVENT0000001";

  /** Whatever is to be done later is done at once. */
  static final Desk AT_ONCE =
      new Desk() {
        @Override
        public void run(Runnable work) {
          work.run();
        }

        @Override
        public void at(Instant moment, Runnable work) {
          work.run();
        }
      };

  final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
  final List<OutsideAck> written = new ArrayList<>();

  /** Answers to the next writes, which then are not done. */
  final Deque<WriteAnswer> next = new ArrayDeque<>();

  boolean touchedAfterEach;
  int failuresAfterFirst;
  private final String providerId;
  private final Map<String, String> annotations = new HashMap<>();
  private int version = 1;

  OneNode(String providerId) {
    this.providerId = providerId;
  }

  NodeFacts facts() {
    return new NodeFacts(
        "n1",
        "uid-1",
        Integer.toString(version),
        true,
        Map.of(),
        annotations,
        List.of(),
        List.of(),
        NodeReadiness.UNKNOWN,
        "boot-1",
        providerId,
        List.of());
  }

  /** Somebody else writes something. */
  void touch() {
    version++;
  }

  Cluster cluster() {
    return (Cluster)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Cluster.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "patchNode" -> patch((NodePatch) arguments[1]);
                  case "readNode" -> new NodeReading.Found(facts());
                  default -> throw new AssertionError("not to be asked: " + method);
                });
  }

  private WriteAnswer patch(NodePatch patch) {
    if (!next.isEmpty()) {
      return next.remove();
    }
    if (!written.isEmpty() && failuresAfterFirst-- > 0) {
      return new WriteAnswer.Unclear("no answer");
    }
    if (!patch.resourceVersion().equals(Integer.toString(version))) {
      return new WriteAnswer.Conflict();
    }
    patch
        .annotations()
        .forEach(
            (key, value) ->
                value.ifPresentOrElse(
                    text -> annotations.put(key, text), () -> annotations.remove(key)));
    version++;
    NodeFacts now = facts();
    written.add(OutsideAcks.on(now, EPISODE).flatMap(acks -> acks.of(EVENT)).orElseThrow());
    if (touchedAfterEach && written.size() == 1) {
      touch();
    }
    return new WriteAnswer.Done(now);
  }

  Order order() {
    return order(facts());
  }

  Order order(NodeFacts decidedBy) {
    return new Order(
        new LostWatcher.Send(
            decidedBy, new OutsideAcks(EPISODE, List.of()), EVENT, 1, List.of(), "vm-n1"));
  }

  /** An order of a leader that goes on, or not. */
  static final class Order implements StandIn.Order {
    private final LostWatcher.Send send;

    /** So many times it is answered yes. */
    int mayLeave = Integer.MAX_VALUE;

    boolean leads = true;
    int overs;

    Order(LostWatcher.Send send) {
      this.send = send;
    }

    @Override
    public LostWatcher.Send send() {
      return send;
    }

    @Override
    public String holder() {
      return "a";
    }

    @Override
    public boolean mayLeave() {
      return mayLeave-- > 0;
    }

    @Override
    public boolean leads() {
      return leads;
    }

    @Override
    public void over() {
      overs++;
    }
  }
}
