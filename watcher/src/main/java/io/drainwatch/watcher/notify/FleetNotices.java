package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.fleet.EpisodeEnd;
import io.drainwatch.drainer.fleet.FleetListener;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Machine;
import io.drainwatch.drainer.maintenance.MachineFate;
import io.drainwatch.drainer.maintenance.Reason;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.nodes.HeldBy;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.drainer.notify.NodeNotices;
import io.drainwatch.drainer.notify.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells of the Nodes that this process drains, while it leads. Nothing is on a disk: what may be
 * lost is said at {@link NodeNotices}. Who leads no more still sends what it has.
 */
public final class FleetNotices implements FleetListener, AutoCloseable {
  private static final int MOST_UNSAID = 64;

  /** To be told once it is known how the Node stands. */
  private interface Unsaid {
    NodeNotices.Step of(NodeNotices memory, Instant now);
  }

  private final Notifier notifier;
  private final InstantSource clock;
  private final boolean dryRun;

  // under the lock
  private final Map<String, NodeNotices> memories = new HashMap<>();
  private final Map<String, Subject> subjects = new HashMap<>();
  private final Map<String, List<Unsaid>> unsaid = new HashMap<>();
  private Instant since = Instant.MAX;

  public FleetNotices(
      NotificationSettings settings, InstantSource clock, DeliveryCounts counts, boolean dryRun) {
    this(new Notifier(settings, clock, counts), clock, dryRun);
  }

  FleetNotices(Notifier notifier, InstantSource clock, boolean dryRun) {
    this.notifier = notifier;
    this.clock = clock;
    this.dryRun = dryRun;
  }

  public void begin() {
    notifier.begin(OutboxStore.NONE);
  }

  @Override
  public synchronized void leads(boolean leading) {
    memories.clear();
    subjects.clear();
    unsaid.clear();
    since = leading ? clock.instant() : Instant.MAX;
  }

  @Override
  public synchronized void stands(
      String node, String pool, Optional<Episode> episode, Instant now) {
    if (episode.isEmpty()) {
      settled(node, now); // it was said of the maintenance that is over now
    }
    episode
        .map(Episode::machine)
        .map(Machine::vmName)
        .ifPresent(vm -> subjects.put(node, subject(node, pool, vm)));
    tell(node, memory -> memory.stands(episode, subjectOf(node), now));
    if (episode.isEmpty()) {
      memories.remove(node);
      subjects.remove(node);
    }
  }

  @Override
  public synchronized void nodeIsGone(String node, Instant now) {
    settled(node, now);
    memories.remove(node);
  }

  // What is said on the way to a new state is told behind it, and of the maintenance that stands
  // then: the first thing is said before there is one.
  @Override
  public synchronized void settled(String node, Instant now) {
    Optional.ofNullable(unsaid.remove(node))
        .ifPresent(all -> all.forEach(each -> tell(node, memory -> each.of(memory, now))));
  }

  private void later(String node, Unsaid what) {
    if (leads()) {
      List<Unsaid> all = unsaid.computeIfAbsent(node, any -> new ArrayList<>());
      if (all.size() < MOST_UNSAID) {
        all.add(what);
      }
    }
  }

  @Override
  public synchronized void said(String node, Reason reason, String detail) {
    later(node, (memory, now) -> memory.said(reason, detail, subjectOf(node), now));
  }

  @Override
  public synchronized void noted(String node, NodeNote note) {
    switch (note) {
      case NodeNote.Eviction(EvictionNotice notice) ->
          tell(node, memory -> memory.evictions(notice, subjectOf(node), clock.instant()));
      case NodeNote.MachineSeen(MachineFate fate) -> {
        if (fate.isWarning()) {
          blocked(node, "machine-" + fate.word(), "the VM " + fate.text());
        }
      }
      case NodeNote.Deferred(String why) -> blocked(node, VmNotices.DEFERRED, why);
      case NodeNote.Trouble ignored -> {} // of the program with the cluster, no matter of the Node
      case NodeNote.Predicted ignored -> {} // not yet in the way
      case NodeNote.TakenOver ignored -> {} // who goes on tells
    }
  }

  private void blocked(String node, String what, String text) {
    tell(node, memory -> memory.blocked(what, text, subjectOf(node), clock.instant()));
  }

  @Override
  public synchronized void held(String node, String pool, HeldBy by) {
    if (by != HeldBy.NOTHING) {
      later(node, (memory, now) -> memory.held(by.word(), subjectOf(node), now));
    }
  }

  @Override
  public synchronized void summarized(String node, Summary summary, EpisodeEnd ending) {
    subjects.putIfAbsent(node, subject(node, "", summary.vmName()));
    tell(node, memory -> memory.summarized(summary, subjectOf(node)));
  }

  private void tell(String node, Function<NodeNotices, NodeNotices.Step> what) {
    if (leads()) {
      NodeNotices.Step step = what.apply(memoryOf(node));
      memories.put(node, step.memory());
      notifier.tell(step.notices());
    }
  }

  private boolean leads() {
    return !since.equals(Instant.MAX);
  }

  private NodeNotices memoryOf(String node) {
    return memories.getOrDefault(node, NodeNotices.since(since));
  }

  private Subject subjectOf(String node) {
    return subjects.getOrDefault(node, subject(node, "", node));
  }

  private Subject subject(String node, String pool, String vm) {
    return new Subject(
        vm, Optional.of(node), Optional.of(pool).filter(each -> !each.isEmpty()), dryRun);
  }

  @Override
  public void close() {
    notifier.close();
  }
}
