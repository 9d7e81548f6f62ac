package io.drainwatch.watcher;

import io.drainwatch.drainer.evictions.EvictionAnswer;
import io.drainwatch.drainer.maintenance.DryRun;
import io.drainwatch.drainer.maintenance.LifecycleSettings;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.drainer.notify.Subject;
import io.drainwatch.watcher.daemon.NodeSide;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.notify.DeliveryCounts;
import io.drainwatch.watcher.notify.KeptOutbox;
import io.drainwatch.watcher.notify.NotificationSettings;
import io.drainwatch.watcher.notify.Notifier;
import io.drainwatch.watcher.notify.VmNotices;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The notifications of a daemon, put together. */
final class Telling implements AutoCloseable {
  private final NotificationSettings settings;
  private final InstantSource clock;
  private final Notifier notifier;
  private final VmNotices notices;

  Telling(
      NotificationSettings settings,
      InstantSource clock,
      DeliveryCounts counts,
      LifecycleSettings lifecycle,
      Optional<NodeSide> node,
      LongSupplier nanoseconds) {
    this.settings = settings;
    this.clock = clock;
    notifier = new Notifier(settings, clock, counts);
    boolean dryRun = lifecycle.dryRun() != DryRun.OFF;
    notices =
        new VmNotices(
            notifier,
            vm ->
                new Subject(
                    vm, node.flatMap(NodeSide::nodeName), node.flatMap(NodeSide::pool), dryRun),
            lifecycle.recordFoundWithin(),
            nanoseconds);
  }

  Witness witness() {
    return notices;
  }

  /** Hears what is said of pods, beside who counts it. */
  NodeSide.Counts beside(NodeSide.Counts counts) {
    return new NodeSide.Counts() {
      @Override
      public void noted(NodeNote note) {
        counts.noted(note);
        notices.noted(note, clock.instant());
      }

      @Override
      public void answered(EvictionAnswer answer) {
        counts.answered(answer);
      }
    };
  }

  /**
   * @param stateDirectory whose lock this process has
   */
  void begin(Path stateDirectory) {
    if (notifier.begin(new KeptOutbox(stateDirectory))) {
      notices.ended(LastEpisodes.in(stateDirectory), clock.instant(), settings.giveUpAfter());
    }
  }

  @Override
  public void close() {
    notifier.close();
  }
}
