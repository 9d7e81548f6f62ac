package io.drainwatch.watcher.azure;

import io.drainwatch.drainer.cluster.Cluster;
import io.drainwatch.drainer.desk.Desk;
import io.drainwatch.drainer.fleet.Companion;
import io.drainwatch.drainer.nodes.NodeFacts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shell: protects instances of scale sets from scale-in while their Nodes are drained, as {@link
 * ProtectionRule} has it. On a desk of its own, so no drain ever waits for it; a Node at a time in
 * {@link Guard}. All that counts stands on the Nodes. Where it is switched off it only undoes what
 * is marked.
 */
public final class InstanceProtection implements Companion {
  private final AzureResources azure;
  private final Cluster cluster;
  private final Desk desk;
  private final InstantSource clock;
  private final boolean protects;
  private final Map<String, Guard> guards = new HashMap<>();
  private boolean leads;

  /**
   * @param protects false: it only undoes
   */
  public InstanceProtection(
      AzureResources azure, Cluster cluster, Desk desk, InstantSource clock, boolean protects) {
    this.azure = azure;
    this.cluster = cluster;
    this.desk = desk;
    this.clock = clock;
    this.protects = protects;
  }

  @Override
  public synchronized void begins() {
    leads = true;
  }

  @Override
  public synchronized void is(NodeFacts node) {
    if (!leads) {
      return;
    }
    if (!guards.containsKey(node.name()) && ProtectionRule.concerns(node, protects)) {
      guards.put(
          node.name(),
          new Guard(node.name(), azure, cluster, desk, clock, protects, this::retired));
    }
    Guard guard = guards.get(node.name());
    if (guard != null) {
      guard.seen(node);
    }
  }

  @Override
  public synchronized void isGone(String name) {
    Guard guard = guards.get(name);
    if (guard != null) {
      guard.gone();
    }
  }

  @Override
  public synchronized void clockStepped(Duration by) {
    guards.values().forEach(guard -> guard.clockStepped(by));
  }

  @Override
  public void ends() {
    List<Guard> all;
    synchronized (this) {
      leads = false;
      all = List.copyOf(guards.values());
      guards.clear();
    }
    all.forEach(Guard::close);
  }

  private synchronized void retired(Guard guard) {
    if (guard.hasNoLetters() && guards.remove(guard.name(), guard)) {
      guard.close();
    }
  }
}
