package io.drainwatch.drainer.ways;

import io.drainwatch.drainer.maintenance.Policy;
import io.drainwatch.drainer.nodework.NodeSettings;
import io.drainwatch.drainer.nodework.NodeState;
import io.drainwatch.drainer.nodework.NodeWork;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The work on a Node by one process. */
record Hands(String holder, NodeState state, boolean watchesPods) {
  private static final Map<String, NodeWork> WORKS = new ConcurrentHashMap<>();

  static Hands of(String holder) {
    return new Hands(holder, NodeState.of(SmallServer.NODE, work(holder).settings()), false);
  }

  /** Of the next process: another holder, who knows nothing. */
  Hands another() {
    return of(holder + "'");
  }

  NodeWork work() {
    return work(holder);
  }

  private static NodeWork work(String holder) {
    return WORKS.computeIfAbsent(
        holder, name -> new NodeWork(NodeSettings.defaults(name), Policy.defaults()));
  }

  Optional<Instant> wakeAt(Instant now) {
    return work().wakeAt(state, now);
  }
}
