package io.drainwatch.watcher.memory;

import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.report.Later;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Gives back what was needed once: some seconds after the start, after a maintenance, and after the
 * server was made; never while a maintenance is open. It takes some hundredths of a second. What
 * native code has freed the JVM itself gives back, {@code -XX:TrimNativeHeapInterval} in the
 * launcher: to call {@code malloc_trim(3)} from here takes 500 classes.
 */
public final class GivenBack implements Witness {
  /** The warm-up is over by then, and the JVM has compiled what a start needs. */
  static final Duration QUIET = Duration.ofSeconds(15);

  private final Later thread;
  private final Runnable work;
  private volatile BooleanSupplier busy = () -> false;
  private volatile boolean asked;

  private GivenBack(Later thread, Runnable work) {
    this.thread = thread;
    this.work = work;
  }

  public static GivenBack by(Later thread) {
    return by(thread, System::gc);
  }

  static GivenBack by(Later thread, Runnable work) {
    return new GivenBack(thread, work);
  }

  /**
   * The start is over.
   *
   * @param busy whether something is going on that is not to be held up
   */
  public void begin(BooleanSupplier busy) {
    this.busy = busy;
    soon();
  }

  /** Something large has been done; asked for again in the meantime, it is done once. */
  public void soon() {
    if (!asked) {
      asked = true;
      thread.after(QUIET, this::whenNothingIsGoingOn);
    }
  }

  @Override
  public void stepped(Step step) {
    boolean isOver =
        step.before().episode().isPresent() && step.transition().watch().episode().isEmpty();
    if (isOver) {
      soon();
    }
  }

  private void whenNothingIsGoingOn() {
    asked = false;
    if (!busy.getAsBoolean()) { // else its end asks again
      work.run();
    }
  }
}
