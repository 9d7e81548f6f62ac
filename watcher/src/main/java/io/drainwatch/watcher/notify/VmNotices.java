package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.drainer.notify.Notices;
import io.drainwatch.drainer.notify.StepNotices;
import io.drainwatch.drainer.notify.Subject;
import io.drainwatch.watcher.daemon.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tells of the maintenance of this VM: what follows from each step of the core. */
public final class VmNotices implements Witness {
  private final Notifier notifier;
  private final Function<String, Subject> subjects;
  private volatile Optional<Episode> episode = Optional.empty();

  /**
   * @param subjects by the name of the VM
   */
  public VmNotices(Notifier notifier, Function<String, Subject> subjects) {
    this.notifier = notifier;
    this.subjects = subjects;
  }

  /** The work on the Node says something, where it is done from here. Any thread may call. */
  public void noted(NodeNote note, Instant now) {
    if (note instanceof NodeNote.Eviction(EvictionNotice notice) && isInTheWay(notice.reason())) {
      episode.ifPresent(
          each ->
              notifier.tell(
                  List.of(
                      Notices.blocked(
                          "eviction-" + notice.reason().label(),
                          notice.text(),
                          each,
                          subjects.apply(each.machine().vmName()),
                          now))));
    }
  }

  static boolean isInTheWay(EvictionNotice.Reason reason) {
    return switch (reason) {
      case BLOCKED, MISCONFIGURED, OVERDUE -> true;
      case EVICTED, REPLACED, FORCED, SHORTENED -> false;
    };
  }

  @Override
  public void stepped(Step step) {
    episode = step.transition().watch().episode();
    notifier.tell(StepNotices.of(step.before(), step.transition(), subjects, step.at()));
  }

  /**
   * What ended right before the process did, and so may not have been told.
   *
   * @param ended newest first
   * @param since what ended earlier was told, or is too old
   */
  public void ended(List<Summary> ended, Instant now, Duration since) {
    ended.reversed().stream()
        .filter(summary -> Duration.between(summary.endedAt(), now).compareTo(since) <= 0)
        .forEach(summary -> notifier.tell(Notices.of(summary, subjects.apply(summary.vmName()))));
  }
}
