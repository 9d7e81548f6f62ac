package io.drainwatch.watcher.notify;

import io.drainwatch.drainer.evictions.EvictionNotice;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Summary;
import io.drainwatch.drainer.nodework.NodeNote;
import io.drainwatch.drainer.notify.Notices;
import io.drainwatch.drainer.notify.Refusals;
import io.drainwatch.drainer.notify.StepNotices;
import io.drainwatch.drainer.notify.Subject;
import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.events.Poll;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Tells of the maintenance of this VM: what follows from each step of the core. */
public final class VmNotices implements Witness {
  static final String DEFERRED = "uncordon-deferred";

  private final Notifier notifier;
  private final Function<String, Subject> subjects;
  private final Withheld withheld;
  private volatile Optional<Episode> episode = Optional.empty();

  // under the lock
  private Refusals refusals = Refusals.NONE;
  private Optional<Instant> refusedIn = Optional.empty();

  /**
   * Of a VM that has its record when it starts, or has none.
   *
   * @param subjects by the name of the VM
   */
  public VmNotices(Notifier notifier, Function<String, Subject> subjects) {
    this(notifier, subjects, Duration.ZERO, System::nanoTime);
  }

  /**
   * @param subjects by the name of the VM
   * @param recordFoundWithin how long after the start its record may still be found on its Node
   * @param nanoseconds monotonic
   */
  public VmNotices(
      Notifier notifier,
      Function<String, Subject> subjects,
      Duration recordFoundWithin,
      LongSupplier nanoseconds) {
    this.notifier = notifier;
    this.subjects = subjects;
    withheld = new Withheld(recordFoundWithin, nanoseconds);
  }

  /** The work on the Node says something, where it is done from here. Any thread may call. */
  public void noted(NodeNote note, Instant now) {
    episode.ifPresent(
        each -> {
          switch (note) {
            case NodeNote.Eviction(EvictionNotice notice) ->
                toTell(notice, each, now)
                    .ifPresent(cause -> blocked("eviction-" + cause, notice.text(), each, now));
            case NodeNote.Deferred(String why) -> blocked(DEFERRED, why, each, now);
            case NodeNote.MachineSeen ignored -> {} // asked in form controller only
            case NodeNote.Trouble ignored -> {} // of the program with the cluster
            case NodeNote.Predicted ignored -> {} // not yet in the way
            case NodeNote.TakenOver ignored -> {} // who goes on tells
          }
        });
  }

  private synchronized Optional<String> toTell(EvictionNotice notice, Episode each, Instant now) {
    if (!refusedIn.equals(Optional.of(each.stamp()))) {
      refusedIn = Optional.of(each.stamp());
      refusals = Refusals.NONE;
    }
    Refusals.Step step = refusals.next(notice, now);
    refusals = step.refusals();
    return step.toTell();
  }

  private void blocked(String what, String why, Episode of, Instant now) {
    Subject subject = subjects.apply(of.machine().vmName());
    notifier.tell(List.of(Notices.blocked(what, why, of, subject, now)));
  }

  @Override
  public void stepped(Step step) {
    episode = step.transition().watch().episode();
    synchronized (withheld) {
      withheld.after(step).forEach(this::tell);
    }
  }

  @Override
  public void polled(Poll poll) {
    synchronized (withheld) {
      withheld.due().forEach(this::tell);
    }
  }

  private void tell(Step step) {
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
