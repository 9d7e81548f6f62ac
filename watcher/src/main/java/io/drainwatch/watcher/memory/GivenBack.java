package io.drainwatch.watcher.memory;

import io.drainwatch.watcher.daemon.Witness;
import io.drainwatch.watcher.report.Later;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back what was needed once: some seconds after the start, after a maintenance, and after the
 * server was made; never while a maintenance is open. It takes some hundredths of a second, and
 * what is needed again comes back from the page cache without the disk being read.
 */
public final class GivenBack implements Witness {
  private static final Logger LOG = LoggerFactory.getLogger(GivenBack.class);

  /** The warm-up is over by then, and the JVM has compiled what a start needs. */
  static final Duration QUIET = Duration.ofSeconds(15);

  private static final Path SMAPS = Path.of("/proc/self/smaps");

  private final Later thread;
  private final Runnable work;
  private volatile BooleanSupplier busy = () -> false;
  private volatile boolean asked;

  private GivenBack(Later thread, Runnable work) {
    this.thread = thread;
    this.work = work;
  }

  public static GivenBack by(Later thread) {
    return by(thread, () -> now(Kernel.ofThisProcess()));
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

  private static void now(Returning returning) {
    System.gc();
    returning.freed();
    try {
      Mapping.asInTheFile(Files.readAllLines(SMAPS, StandardCharsets.UTF_8))
          .forEach(returning::fileAgain);
    } catch (IOException e) {
      LOG.debug("{} cannot be read, so all stays as it is", SMAPS, e);
    }
  }
}
