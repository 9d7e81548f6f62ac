package io.drainwatch.drainer.scripts;

import io.drainwatch.drainer.maintenance.ProcessOutcome;
import io.drainwatch.drainer.maintenance.ScriptOutcome;
import io.drainwatch.drainer.scripts.Signals.Signal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
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
 * An {@code end} that comes before the report turns it into {@code Ended}.
 */
final class RunningProcess implements RunningScript {

  private static final Logger LOG = LoggerFactory.getLogger(RunningProcess.class);

  /** How often a group is looked at; nobody tells when it is empty. */
  private static final Duration LOOK = Duration.ofMillis(20);

  /**
   * A group that outlives its script may do so for long, and a look reads all of {@code /proc}: so
   * the looks get rarer, to one in this time.
   */
  private static final Duration LOOK_AT_LEISURE = Duration.ofSeconds(1);

  /**
   * What the script itself printed is in the pipe already and only has to be passed on. This long
   * only where somebody is slow to take it.
   */
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(5);

  /** A process that is a zombie already needs no longer than this. */
  private static final Duration COLLECTED = Duration.ofMillis(100);

  private final Process process;
  private final ProcessTree tree;
  private final ScriptOutput output;
  private final List<OutputReader.Reading> readings;
  private final EndOfCall endOfCall;
  private final Duration vanish;
  private final CallProgress progress = new CallProgress();

  RunningProcess(
      Process process,
      ProcessTree tree,
      ScriptOutput output,
      List<OutputReader.Reading> readings,
      EndOfCall endOfCall,
      Duration vanish) {
    this.process = process;
    this.tree = tree;
    this.output = output;
    this.readings = readings;
    this.endOfCall = endOfCall;
    this.vanish = vanish;
  }

  void watch(Consumer<? super ProcessOutcome> whenEnded) {
    // not onExit(): its news goes through the common pool, where anybody may block all threads
    Thread.ofVirtual().name("script-" + process.pid() + "-exit").start(this::tellExit);
    Thread.ofVirtual().name("script-" + process.pid()).start(() -> whenEnded.accept(outcome()));
  }

  private void tellExit() {
    try {
      int unused = process.waitFor();
      progress.exit();
    } catch (InterruptedException e) { // nobody does that
      Thread.currentThread().interrupt();
      LOG.error("the exit of script {} will not be noticed", process.pid());
    }
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(process.pid());
  }

  @Override
  public void end(Duration grace) {
    progress.end(grace);
  }

  private ProcessOutcome outcome() {
    try {
      progress.awaitExitOrEnd();
      if (endOfCall == EndOfCall.GROUP_EMPTY) {
        awaitEmptyGroup();
      }
      if (!progress.isEnding()) {
        output.exited(process.exitValue());
        awaitLastOutput();
        tellLeftBehind();
      }
      return progress.isOver() ? new ScriptOutcome.Exited(process.exitValue()) : endTree();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.error("the watch over script {} was interrupted; it may go on running", process.pid());
      return new ScriptOutcome.Ended(false);
    } catch (RuntimeException e) { // a bug, but the core must not wait for ever
      LOG.error("the watch over script {} failed; it may go on running", process.pid(), e);
      return new ScriptOutcome.Ended(false);
    }
  }

  private void awaitEmptyGroup() throws InterruptedException {
    Duration pause = LOOK;
    while (!progress.isEnding() && !isGone()) {
      progress.pause(pause);
      pause = shorter(pause.multipliedBy(2), LOOK_AT_LEISURE);
    }
  }

  private ProcessOutcome endTree() throws InterruptedException {
    tree.signal(Signal.TERM);
    while (!isGone() && progress.grace().isPositive()) {
      progress.pause(shorter(progress.grace(), LOOK));
    }
    boolean gone = isGone() || isGoneOnceKilled();
    awaitLastOutput();
    // as a zombie it is gone, but the JDK may not have collected its code yet
    if (process.waitFor(COLLECTED.toMillis(), TimeUnit.MILLISECONDS)) {
      output.exited(process.exitValue());
    }
    progress.over();
    return new ScriptOutcome.Ended(gone);
  }

  private boolean isGoneOnceKilled() throws InterruptedException {
    LOG.warn("script {} is still there after the grace: SIGKILL to {}", process.pid(), what());
    long began = System.nanoTime();
    while (System.nanoTime() - began < vanish.toNanos()) {
      tree.signal(Signal.KILL); // again: without setsid one forked meanwhile is seen only now
      progress.pause(LOOK);
      if (isGone()) {
        return true;
      }
    }
    LOG.error("script {} is unkillable, going on without it: {}", process.pid(), what());
    return false;
  }

  /** A script that has become a zombie is gone, even before the JDK has noticed. */
  private boolean isGone() {
    return tree.alive().isEmpty();
  }

  private void awaitLastOutput() throws InterruptedException {
    long until = System.nanoTime() + LAST_OUTPUT.toNanos();
    for (OutputReader.Reading reading : readings) {
      reading.awaitEmpty(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
  }

  private void tellLeftBehind() {
    List<LeftProcess> left = what();
    if (!left.isEmpty()) {
      output.leftBehind(left);
    }
  }

  private List<LeftProcess> what() {
    return tree.alive().stream()
        .map(process -> new LeftProcess(process.pid(), process.name()))
        .toList();
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
