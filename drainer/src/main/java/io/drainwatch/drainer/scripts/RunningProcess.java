package io.drainwatch.drainer.scripts;

import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.Signals.Signal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one process until its call is over, on one virtual thread:
 *
 * <ol>
 *   <li>wait until the script exits (and its group is empty, if the call says so) or {@link #end}
 *       is called;
 *   <li>exited: take what it printed, tell what it left behind, report its code;
 *   <li>to be ended: SIGTERM, until the group is empty or the grace over; SIGKILL, until it is
 *       empty or the patience over; report {@code Ended}. The group decides, not the script: it may
 *       die of the SIGTERM that its child ignores.
 * </ol>
 *
 * An {@code end} that comes before the report turns it into {@code Ended}. {@code end} and the exit
 * only set a field and wake the thread. Durations are measured on the monotonic clock: a step of
 * the wall clock, usual after a Freeze, must not shorten a grace.
 */
final class RunningProcess implements RunningScript {

  private static final Logger LOG = LoggerFactory.getLogger(RunningProcess.class);

  /** How often a group is looked at that nobody tells us about. */
  private static final Duration LOOK = Duration.ofMillis(20);

  private static final Duration LOOK_LONG = Duration.ofMillis(200);

  /**
   * What the script itself printed is in the pipe already: its reader needs no longer than this.
   */
  private static final Duration LAST_OUTPUT = Duration.ofMillis(100);

  /** Nanoseconds must not overflow. */
  private static final Duration LONGEST_GRACE = Duration.ofDays(1);

  private final Process process;
  private final ProcessTree tree;
  private final ScriptOutput output;
  private final EndOfCall endOfCall;
  private final Duration vanish;
  private final List<StreamPump> pumps;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean exited;
  private boolean ending;
  private boolean over;
  private long killAt; // of System.nanoTime; has a meaning only if ending

  private RunningProcess(
      Process process,
      ProcessTree tree,
      ScriptOutput output,
      List<StreamPump> pumps,
      EndOfCall endOfCall,
      Duration vanish) {
    this.process = process;
    this.tree = tree;
    this.output = output;
    this.endOfCall = endOfCall;
    this.vanish = vanish;
    this.pumps = pumps;
  }

  static RunningScript watch(
      Process process,
      ProcessTree tree,
      ScriptOutput output,
      List<StreamPump> pumps,
      EndOfCall endOfCall,
      Duration vanish,
      Consumer<ScriptOutcome> whenEnded) {
    RunningProcess running = new RunningProcess(process, tree, output, pumps, endOfCall, vanish);
    Thread.ofVirtual()
        .name("script-" + process.pid())
        .start(() -> whenEnded.accept(running.outcome()));
    process.onExit().thenRun(running::noticeExit);
    return running;
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(process.pid());
  }

  @Override
  public void end(Duration grace) {
    Duration bounded = grace.compareTo(LONGEST_GRACE) < 0 ? grace : LONGEST_GRACE;
    long wanted = System.nanoTime() + Math.max(0, bounded.toNanos());
    lock.lock();
    try {
      if (over) {
        return;
      }
      if (!ending || wanted - killAt < 0) {
        killAt = wanted;
      }
      ending = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void noticeExit() {
    lock.lock();
    try {
      exited = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private ScriptOutcome outcome() {
    try {
      awaitExit();
      if (endOfCall == EndOfCall.GROUP_EMPTY) {
        awaitEmptyGroup();
      }
      if (!isEnding()) {
        awaitLastOutput();
        tellLeftBehind();
      }
      return isOverUnlessEnding() ? new ScriptOutcome.Exited(process.exitValue()) : endTree();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.error("the watch over script {} was interrupted; it may go on running", process.pid());
      return new ScriptOutcome.Ended(false);
    } catch (RuntimeException e) { // a bug, but the core must not wait for ever
      LOG.error("the watch over script {} failed; it may go on running", process.pid(), e);
      return new ScriptOutcome.Ended(false);
    }
  }

  private ScriptOutcome endTree() throws InterruptedException {
    tree.signal(Signal.TERM);
    boolean gone = isGoneBeforeKill();
    if (!gone) {
      LOG.warn(
          "script {} is still there after the grace: SIGKILL to {}", process.pid(), what(tree));
      tree.signal(Signal.KILL);
      gone = isGoneWithin(vanish);
    }
    if (!gone) {
      LOG.error("script {} is unkillable, going on without it: {}", process.pid(), what(tree));
    }
    awaitLastOutput();
    over();
    return new ScriptOutcome.Ended(gone);
  }

  private void awaitExit() throws InterruptedException {
    lock.lock();
    try {
      while (!exited && !ending) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitEmptyGroup() throws InterruptedException {
    Duration look = LOOK;
    while (!isEnding() && !tree.alive().isEmpty()) {
      pause(look.toNanos());
      look = look.multipliedBy(2).compareTo(LOOK_LONG) < 0 ? look.multipliedBy(2) : LOOK_LONG;
    }
  }

  private boolean isGoneBeforeKill() throws InterruptedException {
    while (!isGone()) {
      long left = untilKill();
      if (left <= 0) {
        return false;
      }
      pause(Math.min(left, LOOK.toNanos()));
    }
    return true;
  }

  private boolean isGoneWithin(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (!isGone()) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      pause(Math.min(left, LOOK.toNanos()));
    }
    return true;
  }

  /** A script that has become a zombie is gone, even before the JDK has noticed. */
  private boolean isGone() {
    return tree.alive().isEmpty();
  }

  private void awaitLastOutput() throws InterruptedException {
    long until = System.nanoTime() + LAST_OUTPUT.toNanos();
    for (StreamPump pump : pumps) {
      pump.awaitEnd(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
  }

  private void tellLeftBehind() {
    List<LeftProcess> left = what(tree);
    if (!left.isEmpty()) {
      output.leftBehind(left);
    }
  }

  private static List<LeftProcess> what(ProcessTree tree) {
    return tree.alive().stream()
        .map(process -> new LeftProcess(process.pid(), process.name()))
        .toList();
  }

  private void pause(long nanos) throws InterruptedException {
    lock.lock();
    try {
      // woken early by an exit or a shorter grace, the caller looks again
      long unused = changed.awaitNanos(nanos);
    } finally {
      lock.unlock();
    }
  }

  private boolean isEnding() {
    lock.lock();
    try {
      return ending;
    } finally {
      lock.unlock();
    }
  }

  private long untilKill() {
    lock.lock();
    try {
      return killAt - System.nanoTime();
    } finally {
      lock.unlock();
    }
  }

  private boolean isOverUnlessEnding() {
    lock.lock();
    try {
      over = !ending;
      return over;
    } finally {
      lock.unlock();
    }
  }

  private void over() {
    lock.lock();
    try {
      over = true;
    } finally {
      lock.unlock();
    }
  }
}
