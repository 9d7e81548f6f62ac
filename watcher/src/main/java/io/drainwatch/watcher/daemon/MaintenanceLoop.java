package io.drainwatch.watcher.daemon;

import io.drainwatch.drainer.maintenance.Action;
import io.drainwatch.drainer.maintenance.Episode;
import io.drainwatch.drainer.maintenance.Invariants;
import io.drainwatch.drainer.maintenance.Lifecycle;
import io.drainwatch.drainer.maintenance.Observation;
import io.drainwatch.drainer.maintenance.Timetable;
import io.drainwatch.drainer.maintenance.TrackedEvent;
import io.drainwatch.drainer.maintenance.Transition;
import io.drainwatch.drainer.maintenance.Watch;
import io.drainwatch.drainer.maintenance.WatchRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds observations, one after another, on one thread.
 *
 * <ol>
 *   <li>{@code next(watch, observation, now)}
 *   <li>summaries and foreign records are put away (both may come twice, both count once)
 *   <li>the record (episode and peers) is written and forced to the disk
 *   <li>the actions are carried out in order; those that need the record only if it is written
 *   <li>the core is told whether the record is on disk, and the alarm is set
 * </ol>
 *
 * Before each, and at least each 2 s, it looks at the clock: one that was stepped is an observation
 * of its own.
 *
 * <p>Any thread may {@link #report}; {@link #watch} is a snapshot for readers. When the record
 * cannot be written the loop goes on: each later observation tries again. Where a Node carries the
 * record as well, that one suffices: nothing waits for the disk (kubernetes-drain.md 2, rule 4). An
 * acknowledgement then waits for the Node ({@link NodeSide.Inside#isRecordOnDisk}).
 */
public final class MaintenanceLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(MaintenanceLoop.class);

  /** The heartbeat comes at least as often, whatever happens to the polls. */
  private static final int LONGEST_IDLE_SECONDS = 2;

  private final Lifecycle lifecycle;
  private final RecordKeeper keeper;
  private final boolean aNodeKeepsIt;
  private final List<Deeds> deeds;
  private final List<Witness> witnesses;
  private final ClockWatch clock;
  private final Consumer<Optional<Instant>> alarm;
  private final BlockingQueue<Observation> inbox = new LinkedBlockingQueue<>();
  private final Runnable heartbeat;
  private final Consumer<Duration> clockStepped;
  private WatchRecord durable;

  /** False after a start that read the record but could not force it to the disk. */
  private boolean durableIsSure;

  private volatile Optional<String> diskFault = Optional.empty();
  private volatile Watch watch;
  private volatile boolean stopping;

  /** On a plain VM. */
  MaintenanceLoop(
      Lifecycle lifecycle,
      WatchRecord record,
      boolean recordIsDurable,
      RecordKeeper keeper,
      List<Deeds> deeds,
      List<Witness> witnesses,
      ClockWatch clock,
      Consumer<Optional<Instant>> alarm,
      Runnable heartbeat,
      Consumer<Duration> clockStepped) {
    this(
        lifecycle,
        record,
        recordIsDurable,
        keeper,
        false,
        deeds,
        witnesses,
        clock,
        alarm,
        heartbeat,
        clockStepped);
  }

  /**
   * @param aNodeKeepsIt the record stands on a Node before an acknowledgement leaves; the disk's is
   *     a cache
   * @param clockStepped told after the core has folded it
   */
  MaintenanceLoop(
      Lifecycle lifecycle,
      WatchRecord record,
      boolean recordIsDurable,
      RecordKeeper keeper,
      boolean aNodeKeepsIt,
      List<Deeds> deeds,
      List<Witness> witnesses,
      ClockWatch clock,
      Consumer<Optional<Instant>> alarm,
      Runnable heartbeat,
      Consumer<Duration> clockStepped) {
    this.lifecycle = lifecycle;
    this.keeper = keeper;
    this.aNodeKeepsIt = aNodeKeepsIt;
    this.deeds = List.copyOf(deeds);
    this.witnesses = List.copyOf(witnesses);
    this.clock = clock;
    this.alarm = alarm;
    this.heartbeat = heartbeat;
    this.clockStepped = clockStepped;
    durable = record;
    durableIsSure = recordIsDurable;
    watch = Watch.resumedFrom(record);
  }

  public void report(Observation observation) {
    inbox.add(observation);
  }

  Optional<String> whyNotAcknowledged(Episode episode, TrackedEvent tracked) {
    return lifecycle.whyNotAcknowledged(episode, tracked);
  }

  public Watch watch() {
    return watch;
  }

  /** Why the record is not on disk; empty: all is well. */
  Optional<String> diskFault() {
    return diskFault;
  }

  /** Nothing is folded any more; what was reported and not folded is learned anew after a start. */
  void stop() {
    stopping = true;
    // wakes the thread; an interrupt could hit it in the middle of a write
    inbox.add(new Observation.Tick());
  }

  @Override
  public void run() {
    while (!stopping) {
      beat();
      try {
        Observation observation = inbox.poll(LONGEST_IDLE_SECONDS, TimeUnit.SECONDS);
        if (!stopping) {
          Instant now = lookAtTheClock();
          if (observation != null) {
            step(observation, now);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | StackOverflowError | LinkageError e) {
        // A bug must not end the watch over a machine: the next document comes in a second.
        LOG.error("folding an observation failed, the next one is folded as usual", e);
      }
    }
  }

  private void beat() {
    try {
      heartbeat.run();
    } catch (RuntimeException e) {
      LOG.error("the heartbeat failed; folding goes on", e);
    }
  }

  /** What was observed is folded at a moment before which the core knows of every step. */
  private Instant lookAtTheClock() {
    ClockWatch.Look look = clock.look();
    look.step()
        .ifPresent(
            by -> {
              step(new Observation.ClockStepped(by), look.now());
              clockStepped.accept(by);
            });
    return look.now();
  }

  private void step(Observation observation, Instant now) {
    Watch before = watch;
    Transition transition = lifecycle.next(before, observation, now);
    watch = transition.watch();
    List<Invariants.Violation> violations =
        Invariants.brokenBy(before, observation, transition, lifecycle.settings());
    putAway(transition.actions(), now);
    boolean tried = write(observation, now);
    List<String> unsent = carryOut(transition.actions());
    Witness.Step step =
        new Witness.Step(before, observation, transition, now, diskFault, violations);
    witnesses.forEach(witness -> tell(witness, step));
    tellWhatIsOnDisk(tried, unsent);
    alarm.accept(Timetable.next(watch, lifecycle.settings(), now));
  }

  /** What only looks on must not keep the core from hearing what is on the disk. */
  private static void tell(Witness witness, Witness.Step step) {
    try {
      witness.stepped(step);
    } catch (RuntimeException e) {
      LOG.error("a report of a step failed, the watch goes on", e);
    }
  }

  private void putAway(List<Action> actions, Instant now) {
    for (Action action : actions) {
      switch (action) {
        case Action.Summarize(var summary) ->
            keeper
                .addToHistory(summary, now)
                .ifPresent(why -> LOG.error("the summary of {} is not kept: {}", summary, why));
        case Action.SetAside(Episode foreign) ->
            keeper
                .setAside(foreign)
                .ifPresent(why -> LOG.error("the record {} is not kept: {}", foreign.id(), why));
        default -> {}
      }
    }
  }

  /** Whether the record was tried to be written in this step. */
  private boolean write(Observation observation, Instant now) {
    if (isOnDisk() && diskFault.isEmpty()) {
      return false;
    }
    if (observation instanceof Observation.NotRecorded && diskFault.isPresent()) {
      return false; // it failed a moment ago; the next poll tries again
    }
    Optional<String> fault = keeper.keep(watch.record(), now);
    if (aNodeKeepsIt && fault.isPresent() && diskFault.isEmpty()) {
      LOG.warn(
          "the record on the Node suffices, the one on the disk is not written: {}", fault.get());
    }
    if (fault.isEmpty() || aNodeKeepsIt) {
      durable = watch.record();
      durableIsSure = true;
    }
    diskFault = fault;
    return true;
  }

  private boolean isOnDisk() {
    return durableIsSure && durable.equals(watch.record());
  }

  private List<String> carryOut(List<Action> actions) {
    List<String> unsent = new ArrayList<>();
    for (Action action : actions) {
      if (action instanceof Action.Acknowledge(String eventId, int attempt) && !isOnDisk()) {
        unsent.add(eventId);
      } else {
        carryOut(action);
      }
    }
    return unsent;
  }

  // A bug in one deed must not lose the actions after it.
  private void carryOut(Action action) {
    try {
      for (Deeds deed : deeds) {
        if (deed.carryOut(action, watch, this::report)) {
          return;
        }
      }
    } catch (RuntimeException e) {
      LOG.error("{} could not be carried out, what comes after it is", action, e);
    }
  }

  private void tellWhatIsOnDisk(boolean tried, List<String> unsent) {
    if (isOnDisk()) {
      if (!watch.recorded()) {
        report(new Observation.Recorded());
      }
    } else if (tried || !unsent.isEmpty()) {
      report(new Observation.NotRecorded(diskFault.orElse("not written yet"), unsent));
    }
  }
}
